// SPDX-License-Identifier: Apache-2.0
/// \file
/// Network files: whatever is read is written back and read again as the same text, drawn, and searched for paths.
#include <tutela/io/dot.hpp>
#include <tutela/io/network.hpp>
#include <tutela/referral/openers.hpp>
#include <tutela/referral/route.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace tutela;

void search(Network const& network)
{
  DotOptions drawing;
  drawing.on = Date{2026, 3, 2};
  if (write_dot(network, drawing).empty()) std::abort();
  auto const& content = network.content();
  RouteRequest request;
  request.on = drawing.on;
  request.birth_date = Date{2015, 5, 5};
  for (std::size_t from = 0; from < std::min<std::size_t>(content.agencies.size(), 2); ++from) {
    request.from = content.agencies[from].id;
    for (std::size_t to = 0; to < std::min<std::size_t>(content.services.size(), 3); ++to) {
      request.goal = to == 2 ? RouteGoal(content.services[to].kind) : RouteGoal(content.services[to].id);
      auto const answer = find_route(network, request);
      if (!answer && answer.diagnostics().empty()) std::abort();
      if (answer && explain(*answer, network).empty()) std::abort();
      auto const openers = find_openers(network, request);
      if (answer && openers && answer->best() != nullptr && !openers->empty()) std::abort();
    }
  }
}

/// Every record may be withdrawn: what was known on some days is a network, or says why it is none.
void search(NetworkHistory const& history)
{
  std::string const written = write_network_history(history);
  auto const again = parse_network_history(written, "again.json");
  if (!again || write_network_history(*again) != written) std::abort();
  for (Date const day : {Date{2026, 1, 15}, Date{2026, 3, 2}}) {
    auto const known = history.known(day);
    if (!known && known.diagnostics().empty()) std::abort();
    auto const snapshot = history.snapshot(day, Date{2026, 3, 2});
    if (!snapshot && snapshot.diagnostics().empty()) std::abort();
    if (known) search(*known);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const history = tutela::parse_network_history(text, "fuzz.json");
  if (history) search(*history);
  auto const network = tutela::parse_network(text, "fuzz.json");
  if (!network) {
    if (network.diagnostics().empty()) std::abort();  // a refusal without a reason
    return 0;
  }
  std::string const written = tutela::write_network(*network);
  auto const again = tutela::parse_network(written, "again.json");
  if (!again || tutela::write_network(*again) != written) std::abort();
  search(*network);
  return 0;
}
