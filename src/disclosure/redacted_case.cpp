// SPDX-License-Identifier: Apache-2.0
#include <tutela/disclosure/redacted_case.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace tutela::inline v0 {
namespace {

/// The value without the names of other facts that an unknown or uncertain one carries; nothing for what is not known at all.
std::optional<Value> without_traces(std::string const& name, Value const& value)
{
  switch (value.state()) {
    case State::known: return value.extent().open ? std::nullopt : std::optional(value);
    case State::none: return value;
    case State::uncertain: return Value(Uncertain{{name}});
    case State::unknown: {
      auto const* unknown = value.as_unknown();
      if (unknown == nullptr || unknown->domain.kind == Domain::Kind::any) return std::nullopt;
      return Value(Unknown{{name}, {}, unknown->domain});
    }
    case State::error: break;
  }
  return std::nullopt;
}

/// Sources that say the same fact stay apart, by numbers: the first one has none, then `2`, `3`.
std::string number_of(std::string const& source, std::vector<std::string>& known)
{
  auto place = std::find(known.begin(), known.end(), source);
  if (place == known.end()) place = known.insert(known.end(), source);
  return place == known.begin() ? std::string() : std::to_string(place - known.begin() + 1);
}

}  // namespace

Case redact(Case const& item, DisclosureFinding const& finding, CaseId pseudonym)
{
  if (pseudonym.empty()) throw ContractViolation("what is told is told under a pseudonym");
  Case told;
  told.id = std::move(pseudonym);
  told.synthetic = item.synthetic;
  told.jurisdiction = item.jurisdiction;
  told.kind = item.kind;
  told.held_by = finding.from;
  told.purposes = {finding.purpose};
  RecordBuilder facts;
  std::map<std::string, std::vector<std::string>> sources;  // of each fact, in the order of the record
  for (auto const& fact : item.facts.facts()) {
    auto const* found = finding.find(fact.name);
    if (found == nullptr || found->telling != Telling::tell) continue;
    auto value = without_traces(fact.name, fact.value);
    if (!value) continue;
    Source source;
    source.name = number_of(fact.source.name, sources[fact.name]);
    source.recorded = fact.source.recorded;
    source.valid = fact.source.valid;
    facts.set(fact.name, std::move(*value), std::move(source));
  }
  Limits limits;
  limits.facts = item.facts.facts().size() + 1;
  told.facts = std::move(facts).build(limits).value();
  return told;
}

std::vector<DataCategory> categories_told(Case const& redacted, DisclosureFinding const& finding)
{
  std::set<DataCategory> categories;
  for (auto const& fact : redacted.facts.facts())
    if (auto const* found = finding.find(fact.name)) categories.insert(found->category);
  return {categories.begin(), categories.end()};
}

}  // namespace tutela::inline v0
