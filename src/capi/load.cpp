// SPDX-License-Identifier: Apache-2.0
/// \file
/// Loading packs, instruments and networks through the C library, and what a pack says about itself.

#include <utility>

#include <nlohmann/json.hpp>

#include <tutela/base/text.hpp>
#include <tutela/io/instrument.hpp>
#include <tutela/io/network.hpp>
#include "capi/handles.hpp"

using namespace tutela::detail;

namespace {

using tutela::Limits;
using tutela::Result;

/// Where a document that has no file name says it is.
constexpr auto in_memory = "memory";

/// The document or what has the name; one function for the name, one for the text.
template <class T, class ByName, class ByText>
Result<T> load(tutela_from from, char const* text, std::size_t length, Limits const& limits, ByName by_name,
               ByText by_text)
{
  if (from == TUTELA_FROM_NAME) return by_name(name_from(text, length, "the name", limits), limits);
  if (from != TUTELA_FROM_MEMORY) throw tutela::ContractViolation("from is none of the values of tutela_from");
  return by_text(text_from(text, length, "the document"), in_memory, limits);
}

/// The value; its warnings are left behind. \throws Error with everything that is wrong.
template <class T>
T required(Result<T> result)
{
  return std::move(result).value();
}

/// Tells slots of one pack from slots of another; the same pack gives the same number in every run.
std::uint32_t fingerprint_of(tutela::PackInfo const& info)
{
  std::uint32_t hash = 2'166'136'261U;  // FNV-1a
  for (std::string const* text : {&info.id, &info.version, &info.digest})
    for (char const byte : *text) hash = (hash ^ static_cast<unsigned char>(byte)) * 16'777'619U;
  return hash;
}

nlohmann::ordered_json texts(tutela::Text const& text)
{
  auto json = nlohmann::ordered_json::object();
  for (tutela::Language const language : tutela::all_languages)
    if (auto const& words = text.exactly(language); !words.empty()) json[std::string(to_string(language))] = words;
  return json;
}

nlohmann::ordered_json describe(tutela_pack const& handle)
{
  tutela::PackInfo const& info = handle.pack.info();
  nlohmann::ordered_json json{{"id", info.id},
                              {"version", info.version},
                              {"title", texts(info.title)},
                              {"jurisdiction", info.jurisdiction},
                              {"rights", info.rights},
                              {"digest", info.digest},
                              {"dated", info.dated}};
  auto& decisions = json["decisions"] = nlohmann::ordered_json::array();
  for (tutela::DecisionInfo const& decision : handle.pack.decisions())
    decisions.push_back({{"name", decision.name},
                         {"label", texts(decision.label)},
                         {"effect", to_string(decision.effect)},
                         {"facts", decision.facts},
                         {"categories", decision.categories}});
  auto& facts = json["facts"] = nlohmann::ordered_json::array();
  for (tutela::FactDeclaration const& fact : handle.pack.schema().declarations())
    facts.push_back({{"name", fact.name},
                     {"type", to_string(fact.type)},
                     {"optional", fact.optional},
                     {"label", texts(fact.label)},
                     {"question", texts(fact.question)},
                     {"category", fact.category}});
  auto& warnings = json["warnings"] = nlohmann::ordered_json::array();
  for (tutela::Diagnostic const& warning : handle.warnings) warnings.push_back(to_string(warning));
  return json;
}

}  // namespace

tutela_status tutela_pack_load(tutela_from from, char const* text, size_t length, tutela_limits const* limits,
                               tutela_pack** pack, tutela_error** error)
try {
  begin(error);
  output(pack) = nullptr;
  auto result = load<tutela::Pack>(
      from, text, length, limits_from(limits),
      [](std::string const& name, Limits const& bounds) { return tutela::load_pack(name, bounds); },
      [](std::string_view document, std::string const& file, Limits const& bounds) {
        return tutela::parse_pack(document, file, bounds);
      });
  auto warnings = result.diagnostics();
  tutela::Pack loaded = required(std::move(result));
  auto const fingerprint = fingerprint_of(loaded.info());
  *pack = new tutela_pack{.pack = std::move(loaded), .warnings = std::move(warnings), .fingerprint = fingerprint};
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

void tutela_pack_free(tutela_pack* pack) { delete pack; }

tutela_status tutela_pack_describe(tutela_pack const* pack, tutela_text* json, tutela_error** error)
try {
  begin(error);
  give_text(json, describe(checked(pack, HandleTag::pack)).dump());
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_instrument_load(tutela_from from, char const* text, size_t length, tutela_limits const* limits,
                                     tutela_instrument** instrument, tutela_error** error)
try {
  begin(error);
  output(instrument) = nullptr;
  *instrument = new tutela_instrument{
      .instrument = required(load<tutela::Instrument>(from, text, length, limits_from(limits), tutela::load_instrument,
                                                      tutela::parse_instrument))};
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

void tutela_instrument_free(tutela_instrument* instrument) { delete instrument; }

tutela_status tutela_network_load(tutela_from from, char const* text, size_t length, tutela_limits const* limits,
                                  tutela_network** network, tutela_error** error)
try {
  begin(error);
  output(network) = nullptr;
  *network =
      new tutela_network{.network = required(load<tutela::Network>(from, text, length, limits_from(limits),
                                                                   tutela::load_network, tutela::parse_network))};
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

void tutela_network_free(tutela_network* network) { delete network; }
