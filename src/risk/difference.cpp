// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/difference.hpp>

#include <algorithm>
#include <cmath>

#include "risk/program.hpp"
#include "risk/resample.hpp"

namespace tutela::inline v0 {

namespace {

constexpr std::size_t most_people = 100'000;
constexpr std::size_t spread_people = 20'000;

InstrumentFact const* find(Instrument const& instrument, std::string const& name)
{
  for (auto const& fact : instrument.description().facts)
    if (fact.declaration.name == name) return &fact;
  return nullptr;
}

/// Facts and choices of the one that the other lacks.
std::vector<std::string> lacking(Instrument const& one, Instrument const& other)
{
  std::vector<std::string> result;
  for (auto const& fact : one.description().facts) {
    auto const& name = fact.declaration.name;
    auto const* same = find(other, name);
    if (same == nullptr) {
      result.push_back(name);
      continue;
    }
    for (auto const& choice : fact.declaration.allowed)
      if (std::find(same->declaration.allowed.begin(), same->declaration.allowed.end(), choice) ==
          same->declaration.allowed.end())
        result.push_back(name + "=" + *choice.as_string());
  }
  return result;
}

class Comparison {
 public:
  Comparison(Instrument const& one, Instrument const& other, Limits const& limits) : one_(one), other_(other)
  {
    options_.purpose = ScorePurpose::research;
    options_.limits = limits;
    result_.only_one = lacking(one, other);
    result_.only_other = lacking(other, one);
  }

  InstrumentDifference run() &&
  {
    auto const& domains = one_.program().domains;
    double people = 1;
    for (auto const& domain : domains) people *= static_cast<double>(domain.last - domain.first + 1);
    result_.exhaustive = people <= static_cast<double>(most_people);
    std::vector<std::int64_t> counts;
    for (auto const& domain : domains) counts.push_back(domain.first);
    if (result_.exhaustive) {
      for (bool more = true; more;) {
        compare(counts);
        more = false;
        for (std::size_t k = 0; k < counts.size() && !more; ++k) {
          more = counts[k] < domains[k].last;
          counts[k] = more ? counts[k] + 1 : domains[k].first;
        }
      }
      return std::move(result_);
    }
    detail::SplitMix random(1);
    for (std::size_t person = 0; person < spread_people; ++person) {
      for (std::size_t k = 0; k < counts.size(); ++k) {
        auto const width = static_cast<std::uint64_t>(domains[k].last - domains[k].first) + 1;
        counts[k] = domains[k].first + static_cast<std::int64_t>(random() % width);
      }
      put_in_order(counts);
      compare(counts);
    }
    return std::move(result_);
  }

 private:
  /// Most people drawn at random contradict a declared order; sorted they do not.
  void put_in_order(std::vector<std::int64_t>& counts) const
  {
    for (std::size_t round = 0; round < counts.size(); ++round)
      for (auto const& [first, second] : one_.program().order)
        if (counts[first] > counts[second]) std::swap(counts[first], counts[second]);
    auto const& domains = one_.program().domains;
    for (std::size_t k = 0; k < counts.size(); ++k)
      counts[k] = std::clamp(counts[k], domains[k].first, domains[k].last);
  }

  Score scored(Instrument const& instrument, Record const& record)
  {
    auto const& places = instrument.description().applicability.jurisdictions;
    options_.jurisdiction = places.empty() ? std::string() : places.front();
    return score(instrument, record, options_);
  }

  void compare(std::vector<std::int64_t> const& counts)
  {
    RecordBuilder builder;
    auto const& facts = one_.description().facts;
    for (std::size_t k = 0; k < facts.size(); ++k) {
      auto const& declaration = facts[k].declaration;
      auto const& domain = one_.program().domains[k];
      Value value(Decimal(counts[k]) / *Decimal::parse(std::to_string(static_cast<std::int64_t>(domain.scale))));
      if (declaration.type == Kind::date) value = Value(*from_days(counts[k]));
      if (declaration.type == Kind::boolean) value = Value(counts[k] == 1);
      if (declaration.type == Kind::string) value = declaration.allowed[static_cast<std::size_t>(counts[k])];
      builder.set(declaration.name, value);
    }
    for (auto const* instrument : {&one_, &other_})
      for (auto const& act : instrument->description().applicability.recorded_act)
        if (find(one_, act) == nullptr && (instrument == &one_ || !has_act(one_, act))) builder.set(act, Value(true));
    auto const record = std::move(builder).build();
    if (!record) return;
    auto const a = scored(one_, *record);
    if (a.state == ScoreState::error) return;  // nobody can be so
    auto const b = scored(other_, *record);
    ++result_.people;
    bool const same = a.state == b.state && a.total == b.total && a.band == b.band && same_outputs(a, b);
    if (same) return;
    ++result_.differing;
    if (a.band != b.band) ++result_.band_moves;
    if (a.state == ScoreState::known && b.state == ScoreState::known)
      result_.largest = std::max(result_.largest, std::fabs(a.total.lowest - b.total.lowest));
    if (result_.first) return;
    result_.first = *record;
    result_.one = a;
    result_.other = b;
  }

  static bool has_act(Instrument const& instrument, std::string const& act)
  {
    auto const& acts = instrument.description().applicability.recorded_act;
    return std::find(acts.begin(), acts.end(), act) != acts.end();
  }

  static bool same_outputs(Score const& a, Score const& b)
  {
    for (auto const& output : a.outputs) {
      auto const* same = b.find(output.id);
      if (same != nullptr && !(same->value == output.value)) return false;
    }
    return true;
  }

  Instrument const& one_;
  Instrument const& other_;
  ScoreOptions options_;
  InstrumentDifference result_;
};

}  // namespace

InstrumentDifference difference(Instrument const& one, Instrument const& other, Limits const& limits)
{
  return Comparison(one, other, limits).run();
}

}  // namespace tutela::inline v0
