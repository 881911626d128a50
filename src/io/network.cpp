// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading networks.
#include <tutela/io/network.hpp>

#include <string>
#include <utility>

#include "io/json_reader.hpp"
#include "io/noun_reader.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonContext;
using detail::JsonObject;
using detail::NounReader;

/// Reads a content and makes of it what `build` makes: a network, or a history.
template <class Built, class Build>
Result<Built> parse(std::string_view text, std::string const& file, Limits const& limits, Build build)
{
  auto document = detail::parse_json(text, file, limits);
  if (!document) return std::move(document).diagnostics();
  Diagnostics diagnostics(limits.diagnostics);
  JsonContext context{file, diagnostics};
  NetworkContent content;
  bool known_format = false;
  {
    JsonObject object(*document, "", context);
    known_format = object.expect_format("tutela-network/1");
    if (known_format) {
      NounReader reader(object);
      detail::fields(reader, content);
    } else {
      object.all_keys();  // of a file of another format the keys say nothing
    }
  }
  if (!known_format) return std::move(diagnostics).take();
  auto built = build(std::move(content), file, limits);
  if (!diagnostics.has_errors()) return built;
  // What the reader left out because it was of the wrong type would only be reported a second time as missing.
  for (Diagnostic const& finding : built.diagnostics())
    if (finding.code != Code::missing_key) diagnostics.add(finding);
  return std::move(diagnostics).take();
}

}  // namespace

Result<Network> parse_network(std::string_view text, std::string const& file, Limits const& limits)
{
  auto network = parse<Network>(text, file, limits, &Network::build);
  if (!network) return network;
  Diagnostics diagnostics(limits.diagnostics);
  auto const& agreements = network->content().agreements;
  for (std::size_t a = 0; a < agreements.size(); ++a)
    for (std::size_t i = 1; i < agreements[a].steps.size(); ++i)
      if (!may_follow(agreements[a].steps[i - 1].state, agreements[a].steps[i].state))
        diagnostics.error(
            Code::invalid_network,
            {file, 0, 0, "/agreements/" + std::to_string(a) + "/states/" + std::to_string(i) + "/state"},
            "this state cannot follow the one above it",
            "an agreement is proposed, debated, agreed, signed, in force, suspended, ended; nothing follows the end");
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  return network;
}

Result<NetworkHistory> parse_network_history(std::string_view text, std::string const& file, Limits const& limits)
{
  return parse<NetworkHistory>(text, file, limits, &NetworkHistory::build);
}

Result<NetworkHistory> load_network_history(std::string const& path, Limits const& limits)
{
  auto const text = detail::read_file(path, limits);
  if (!text) return text.diagnostics();
  return parse_network_history(*text, path, limits);
}

Result<Network> load_network(std::string const& path, Limits const& limits)
{
  auto const text = detail::read_file(path, limits);
  if (!text) return text.diagnostics();
  return parse_network(*text, path, limits);
}

}  // namespace tutela::inline v0
