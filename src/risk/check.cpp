// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/check.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <random>
#include <set>

#include "risk/program.hpp"
#include "risk/search.hpp"

namespace tutela::inline v0 {

namespace {

using detail::FactState;
using detail::InstrumentProgram;
using detail::Interval;
using detail::Search;

constexpr std::size_t combinations_tried = 256;
constexpr double largest_audited_width = 2000;
constexpr double largest_audited_walk = 20'000;
constexpr double most_values_tried = 600'000;
constexpr double largest_enumeration = 200'000;

double to_double(std::string const& text)
{
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string printed(double value)
{
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

class Checker {
 public:
  Checker(Instrument const& instrument, Limits const& limits, std::vector<std::string> const& prohibited)
      : instrument_(instrument),
        program_(instrument.program()),
        description_(program_.description),
        limits_(limits),
        prohibited_(prohibited)
  {
  }

  InstrumentCheck run() &&
  {
    for (std::size_t k = 0; k < description_.cases.size(); ++k) run_case(k);
    check_range();
    for (auto const& claim : program_.claims) check_claim(claim);
    note_protected();
    refuse_prohibited();
    return std::move(result_);
  }

 private:
  void find(Severity severity, Code code, std::string pointer, std::string what)
  {
    result_.findings.push_back({code, severity, Place{{}, 0, 0, std::move(pointer)}, std::move(what), {}});
  }

  void run_case(std::size_t index)
  {
    auto const& one = description_.cases[index];
    ++result_.cases;
    ScoreOptions options;
    options.purpose = ScorePurpose::research;
    options.limits = limits_;
    options.jurisdiction = one.jurisdiction;
    if (one.jurisdiction.empty() && !description_.applicability.jurisdictions.empty())
      options.jurisdiction = description_.applicability.jurisdictions.front();
    options.on = one.on;
    auto const got = score(instrument_, with_recorded_act(one.facts), options);
    std::string wrong;
    if (got.state != ScoreState::known)
      wrong = "the score is " + std::string(to_string(got.state));
    else
      for (auto const& [name, expected] : one.expected) {
        auto const* output = got.find(name);
        double const value = output == nullptr ? got.total.lowest : output->value.lowest;
        if (!(std::fabs(value - to_double(expected)) <= to_double(one.tolerance))) wrong = "\"" + name + "\" differs";
      }
    if (wrong.empty() && one.band && got.band != *one.band) wrong = "the band differs";
    if (wrong.empty()) return;
    ++result_.failed;
    find(Severity::error, Code::failed_check_case, "/cases/" + std::to_string(index),
         "check case \"" + one.id + "\" does not come out: " + wrong);
  }

  /// A check case is about a person with a recorded act, also where the instrument itself does not read it.
  [[nodiscard]] Record with_recorded_act(Record const& facts) const
  {
    auto const& acts = description_.applicability.recorded_act;
    if (acts.empty() || instrument_.schema().find(acts.front()) != nullptr) return facts;
    RecordBuilder builder;
    for (auto const& fact : facts.facts()) builder.set(fact.name, fact.value, fact.source);
    builder.set(acts.front(), Value(true));
    return std::move(builder).build().value();
  }

  void check_range()
  {
    auto search = everybody(program_);
    auto const total = search.bounds(program_.total);
    if (!total) {
      find(Severity::error, Code::invalid_instrument, "/constraints",
           "the constraints and limits of use exclude everybody");
      return;
    }
    result_.total = {total->low, total->high};
    auto const printed = [&](std::optional<std::string> const& text, double real, char const* pointer) {
      if (text && search.exact() && to_double(*text) != real)
        find(Severity::error, Code::invalid_instrument, pointer, "the printed figure is not the real one");
    };
    printed(description_.printed_minimum, total->low, "/printed_minimum");
    printed(description_.printed_maximum, total->high, "/printed_maximum");
    check_bands(program_, search, "");
    note_unreachable();
    result_.exact = search.exact();
    for (auto const& cut : program_.cuts) {
      auto of_norm = everybody(*cut.program);
      check_bands(*cut.program, of_norm, "/norms/" + std::to_string(cut.group.members.front()));
    }
  }

  [[nodiscard]] Search everybody(InstrumentProgram const& program) const
  {
    std::vector<FactState> everything;
    for (auto const& domain : program.domains) everything.push_back({domain.first, domain.last, {}});
    auto forbidden = program.violated;
    forbidden.insert(forbidden.end(), program.refused.begin(), program.refused.end());
    return {program, everything, std::move(forbidden), limits_.evaluation_steps};
  }

  void check_bands(InstrumentProgram const& program, Search& search, std::string const& pointer)
  {
    for (std::size_t k = 0; program.band_of && k < program.bands.size(); ++k)
      if (!search.any(*program.band_of, program.bands[k]))
        find(Severity::warning, Code::invalid_instrument, pointer + "/bands/" + std::to_string(k),
             "nobody can be in this band");
  }

  /// Whole totals between lowest and highest that no person can have. Looked for where the total is the plain sum of
  /// its items: items that share no fact are independent, so the totals are the sums of what each group can give.
  void note_unreachable()
  {
    if (description_.total || !program_.steps[program_.total].integral) return;
    if (!(result_.total.highest - result_.total.lowest <= largest_audited_width)) return;
    std::vector<std::uint64_t> groups;
    auto const join = [&](std::uint64_t facts) {
      std::erase_if(groups, [&](std::uint64_t group) {
        if ((group & facts) == 0) return false;
        facts |= group;
        return true;
      });
      if (facts != 0) groups.push_back(facts);
    };
    for (auto const* list : {&program_.items, &program_.violated, &program_.refused})
      for (auto const step : *list) join(program_.steps[step].facts);
    std::set<double> sums{0};
    for (auto const item : program_.items)
      if (program_.steps[item].facts == 0) sums = {*sums.begin() + program_.steps[item].range.low};
    for (auto const group : groups) {
      auto const values = values_of(group);
      if (values.empty()) return;
      std::set<double> next;
      for (double const sum : sums)
        for (double const value : values) next.insert(sum + value);
      sums = std::move(next);
    }
    std::string unreachable;
    auto const width = Interval{*sums.begin(), *sums.rbegin()}.whole_numbers();
    for (std::size_t k = 0; k < width; ++k) {
      double const total = *sums.begin() + static_cast<double>(k);
      if (sums.count(total) == 0)
        unreachable += (unreachable.empty() ? "" : ", ") + std::to_string(std::llround(total));
    }
    if (!unreachable.empty())
      find(Severity::warning, Code::invalid_instrument, "/items", "nobody can have a total of " + unreachable);
  }

  /// What the items of one group of facts can add; nothing when the group has too many completions.
  [[nodiscard]] std::set<double> values_of(std::uint64_t group) const
  {
    std::vector<std::size_t> facts;
    double completions = 1;
    for (std::size_t k = 0; k < program_.domains.size(); ++k) {
      if ((group >> k & 1U) == 0) continue;
      facts.push_back(k);
      completions *= static_cast<double>(program_.domains[k].last - program_.domains[k].first + 1);
    }
    if (completions > largest_enumeration) return {};
    std::vector<std::int64_t> counts;
    for (auto const fact : facts) counts.push_back(program_.domains[fact].first);
    std::vector<double> values(program_.steps.size());
    for (std::size_t k = 0; k < program_.domains.size(); ++k)
      values[k] = program_.domains[k].value(program_.domains[k].first);
    auto const inside = [&](std::uint32_t step) { return (program_.steps[step].facts & group) != 0; };
    std::set<double> result;
    bool more = true;
    while (more) {
      for (std::size_t k = 0; k < facts.size(); ++k) values[facts[k]] = program_.domains[facts[k]].value(counts[k]);
      detail::evaluate(program_, std::span<double>(values));
      bool possible = true;
      for (auto const* list : {&program_.violated, &program_.refused})
        for (auto const step : *list) possible = possible && !(inside(step) && values[step] == 1);
      double sum = 0;
      for (auto const item : program_.items)
        if (inside(item)) sum += values[item];
      if (possible) result.insert(sum);
      more = false;
      for (std::size_t k = 0; k < facts.size() && !more; ++k) {
        more = counts[k] < program_.domains[facts[k]].last;
        counts[k] = more ? counts[k] + 1 : program_.domains[facts[k]].first;
      }
    }
    return result;
  }

  void check_claim(detail::Claim const& claim)
  {
    auto const& along = program_.steps[claim.along];
    // A fact is followed through each of its values, also between whole numbers; a quantity through whole numbers.
    double const scale = along.is_fact ? program_.domains[claim.along].scale : 1;
    Interval const counts{std::round(along.range.low * scale), std::round(along.range.high * scale)};
    if (!(counts.high - counts.low <= largest_audited_walk)) {
      find(Severity::warning, Code::limit_reached, claim.pointer,
           "the declaration runs along too many values to be checked");
      return;
    }
    auto const places = counts.whole_numbers();
    auto const rounds =
        std::min(combinations_tried, static_cast<std::size_t>(most_values_tried / static_cast<double>(places)) + 1);
    std::mt19937_64 random(1);  // NOLINT: the same combinations in every run
    std::vector<double> values(program_.steps.size());
    for (std::size_t round = 0; round < rounds; ++round) {
      for (std::size_t k = 0; k < program_.domains.size(); ++k) {
        auto const& domain = program_.domains[k];
        auto const width = static_cast<std::uint64_t>(domain.last - domain.first) + 1;
        values[k] = domain.value(domain.first + static_cast<std::int64_t>(random() % width));
      }
      double before = std::nan("");
      for (std::size_t place = 0; place < places; ++place) {
        double const count = counts.low + static_cast<double>(place);
        double const x = scale == 1 ? count : count / scale;
        double const now = at(claim, x, values);
        double const change = now - before;
        if (change * claim.direction < 0) {
          find(Severity::error, Code::invalid_instrument, claim.pointer,
               "the quantity moves against its declared direction at " + printed(x));
          return;
        }
        if (claim.direction == 0 && std::fabs(change) > claim.largest_step) {
          find(Severity::error, Code::invalid_instrument, claim.pointer,
               "the quantity jumps by more than its declared largest step at " + printed(x));
          return;
        }
        before = now;
      }
    }
  }

  /// The claimed quantity where the one it runs along has the value `x`, and all facts the given values.
  double at(detail::Claim const& claim, double x, std::vector<double>& values) const
  {
    auto const kept = values[claim.along];
    values[claim.along] = x;
    for (std::size_t k = program_.domains.size(); k <= claim.step; ++k)
      if (k != claim.along) values[k] = detail::evaluate(program_, program_.steps[k], std::span<double const>(values));
    double const result = values[claim.step];
    values[claim.along] = kept;
    return result;
  }

  void note_protected()
  {
    auto reaches = program_.steps[program_.total].facts;
    for (auto const output : program_.outputs) reaches |= program_.steps[output].facts;
    for (std::size_t k = 0; k < description_.facts.size(); ++k)
      if (description_.facts[k].declaration.is_protected && (reaches >> k & 1U) != 0)
        find(Severity::note, Code::invalid_instrument, "/facts/" + std::to_string(k),
             "the protected attribute \"" + description_.facts[k].id + "\" influences the score");
  }

  void refuse_prohibited()
  {
    auto reaches = program_.steps[program_.total].facts;
    for (auto const output : program_.outputs) reaches |= program_.steps[output].facts;
    for (auto const& name : prohibited_)
      for (std::size_t k = 0; k < description_.facts.size(); ++k) {
        auto const& fact = description_.facts[k];
        bool const reads = fact.feel.empty() ? fact.declaration.name == name : mentions(fact.feel, name);
        if (reads && (reaches >> k & 1U) != 0)
          find(Severity::error, Code::invalid_instrument, "/facts/" + std::to_string(k),
               "the prohibited attribute \"" + name + "\" influences the score");
      }
  }

  /// True when a FEEL text holds the name, not as a part of a longer one.
  static bool mentions(std::string const& feel, std::string const& name)
  {
    auto const joins = [](char sign) {
      return sign == '_' || sign == '.' || (sign >= '0' && sign <= '9') || (sign >= 'a' && sign <= 'z') ||
             (sign >= 'A' && sign <= 'Z') || static_cast<unsigned char>(sign) >= 0x80;
    };
    for (auto at = feel.find(name); at != std::string::npos; at = feel.find(name, at + 1)) {
      auto const end = at + name.size();
      if ((at == 0 || !joins(feel[at - 1])) && (end == feel.size() || !joins(feel[end]))) return true;
    }
    return false;
  }

  Instrument const& instrument_;
  InstrumentProgram const& program_;
  InstrumentDescription const& description_;
  Limits const& limits_;
  std::vector<std::string> const& prohibited_;
  InstrumentCheck result_;
};

}  // namespace

InstrumentCheck check(Instrument const& instrument, Limits const& limits, std::vector<std::string> const& prohibited)
{
  return Checker(instrument, limits, prohibited).run();
}

}  // namespace tutela::inline v0
