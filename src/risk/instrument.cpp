// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/instrument.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <tutela/facts/team_data.hpp>

#include "risk/additive.hpp"
#include "risk/lookup.hpp"
#include "risk/norms.hpp"
#include "risk/program.hpp"
#include "risk/step_builder.hpp"
#include "risk/total_form.hpp"

namespace tutela::inline v0 {

namespace {

using detail::FactDomain;
using detail::InstrumentProgram;
using detail::Interval;
using detail::NormGroup;
using detail::Step;
using detail::StepCondition;
using Operation = ScoreExpression::Operation;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t largest_number_of_facts = 64;

/// Turns a description into a program and collects everything that is wrong with it.
class Compiler : private detail::StepBuilder {
 public:
  /// \param group The norms by which it is cut; null for a description without norms, or for the uncut one.
  Compiler(InstrumentProgram& program, std::string const& file, Limits const& limits, NormGroup const* group = nullptr)
      : StepBuilder(program, file, limits), group_(group)
  {
  }

  std::vector<Diagnostic> run() &&
  {
    check_head();
    add_facts();
    for (std::size_t k = 0; k < description_.quantities.size(); ++k)
      add_quantity(description_.quantities[k], "/quantities/" + std::to_string(k));
    for (std::size_t k = 0; k < description_.items.size(); ++k)
      program_.items.push_back(add_quantity(description_.items[k], "/items/" + std::to_string(k)));
    add_total();
    for (std::size_t k = 0; k < description_.outputs.size(); ++k) {
      auto const& output = description_.outputs[k];
      auto const pointer = "/outputs/" + std::to_string(k);
      check_unit(output.unit, pointer + "/unit");
      if (output.decimals < 0 || output.decimals > 12) error(pointer + "/decimals", "decimals must be 0 to 12");
      program_.outputs.push_back(add_quantity(output.quantity, pointer));
    }
    add_constraints();
    mark_ordered();
    add_applicability();
    add_bands();
    check_cases();
    return std::move(diagnostics_).take();
  }

 private:
  void check_head()
  {
    if (description_.id.empty()) error("/id", "the instrument has no identifier");
    if (description_.version.empty()) error("/version", "the instrument has no version");
    if (description_.title.empty()) error("/title", "the instrument has no title");
    if (description_.sources.empty())
      error("/sources", "the instrument names no source", "say where its figures were read", Code::invalid_citation);
    if (description_.rights.holder.empty() || description_.rights.licence.empty())
      error("/rights", "the instrument does not say who owns it and on which terms it may be used");
    check_unit(description_.total_unit, "/total_unit");
    if (description_.outcome == InstrumentOutcome::reoffending && description_.applicability.recorded_act.empty())
      error("/applicability/recorded_act",
            "an instrument on reoffending names no fact that records a sanction or charge",
            "it must never be used on a person without one");
    if (description_.applicability.jurisdictions.empty() && description_.status != InstrumentStatus::demo)
      error("/applicability/jurisdictions", "the instrument does not say for which jurisdiction it was normed");
    if (description_.items.empty() && !description_.total) error("/items", "the instrument has no items and no total");
  }

  void check_unit(std::string const& unit, std::string const& pointer)
  {
    for (auto const* known : {"points", "log odds", "probability", "percent", "level"})
      if (unit == known) return;
    error(pointer, "the unit is none of: points, log odds, probability, percent, level");
  }

  void add_facts()
  {
    if (description_.facts.size() > largest_number_of_facts)
      error("/facts", "an instrument reads at most 64 facts", {}, Code::limit_reached);
    std::vector<FactDeclaration> declarations;
    for (std::size_t k = 0; k < description_.facts.size(); ++k) {
      auto const& fact = description_.facts[k];
      auto const pointer = "/facts/" + std::to_string(k);
      auto const domain = domain_of(fact, pointer);
      program_.domains.push_back(domain);
      program_.assumed.push_back(count_of(fact, domain, fact.assumed, pointer + "/missing"));
      program_.when_none.push_back(count_of(fact, domain, fact.when_none, pointer + "/when_none"));
      if (fact.missing == MissingRule::assume && !fact.assumed)
        error(pointer + "/missing", "the rule for a missing fact says \"assume\" but not which value");
      if (fact.declaration.name.empty() && fact.feel.empty())
        error(pointer + "/fact", "the fact has no name in the record", {}, Code::missing_key);
      if (stays_with_team(fact.declaration.category))
        error(pointer + "/category", "a scale reads data that stay with the team that keeps them",
              "no risk may rest on reproductive health or on taking part in a voluntary programme", Code::not_allowed);
      feed(fact, pointer + "/feel");
      declarations.push_back(fact.declaration);
      Step step;
      step.is_fact = true;
      step.operation = Operation::reference;
      step.integral = fact.decimals == 0;
      step.range = {domain.value(domain.first), domain.value(domain.last)};
      step.facts = std::uint64_t{1} << (k % largest_number_of_facts);
      auto const index = push(std::move(step));
      declare(fact.id, index, pointer);
    }
    program_.schema = Schema(std::move(declarations));
  }

  FactDomain domain_of(InstrumentFact const& fact, std::string const& pointer)
  {
    FactDomain domain;
    auto const& declaration = fact.declaration;
    switch (declaration.type) {
      case Kind::boolean: domain.last = 1; break;
      case Kind::string:
        if (declaration.allowed.empty()) error(pointer + "/values", "a choice needs its values");
        for (auto const& value : declaration.allowed)
          if (value.as_string() == nullptr) error(pointer + "/values", "a choice is made of texts");
        domain.last = std::max<std::int64_t>(0, static_cast<std::int64_t>(declaration.allowed.size()) - 1);
        break;
      case Kind::date: {
        auto const* low = declaration.range.low.as_date();
        auto const* high = declaration.range.high.as_date();
        if (low == nullptr || high == nullptr || *high < *low) {
          error(pointer, "a date needs its first and last possible day");
          break;
        }
        domain.first = to_days(*low);
        domain.last = to_days(*high);
        break;
      }
      case Kind::number: {
        if (fact.decimals < 0 || fact.decimals > 9) error(pointer + "/decimals", "decimals must be 0 to 9");
        Decimal scale(1);
        for (int k = 0; k < fact.decimals && k < 9; ++k) scale = scale * Decimal(10);
        auto const* low = declaration.range.low.as_number();
        auto const* high = declaration.range.high.as_number();
        auto const first = low == nullptr ? std::nullopt : (*low * scale).to_int64();
        auto const last = high == nullptr ? std::nullopt : (*high * scale).to_int64();
        if (!first || !last || *last < *first) {
          error(pointer, "a number needs a lowest and a highest value within its decimals");
          break;
        }
        domain.first = *first;
        domain.last = *last;
        domain.scale = scale.to_double();
        break;
      }
      default: error(pointer + "/type", "a fact is a date, a number, a choice or a flag"); break;
    }
    return domain;
  }

  void feed(InstrumentFact const& fact, std::string const& pointer)
  {
    program_.fed.emplace_back();
    if (fact.feel.empty()) return;
    auto parsed = detail::parse_fed_fact(fact.feel, Place{file_, 0, 0, pointer}, limits_);
    if (parsed)
      program_.fed.back() = std::move(parsed).value();
    else
      diagnostics_.append(parsed.diagnostics());
  }

  std::optional<std::int64_t> count_of(InstrumentFact const& fact, FactDomain const& domain,
                                       std::optional<Value> const& value, std::string const& pointer)
  {
    if (!value) return std::nullopt;
    auto const count = detail::to_count(fact, domain, *value);
    if (!count.count) error(pointer, "the value that stands in is no possible value of the fact", {}, count.code);
    return count.count;
  }

  std::uint32_t add_quantity(ScoreQuantity const& quantity, std::string const& pointer)
  {
    auto step = expression(quantity.value, pointer + "/value");
    if (!quantity.when.empty()) {
      Step guard;
      guard.operation = Operation::table;
      auto const zero = constant(0);
      guard.rows.push_back({conditions(quantity.when, pointer + "/when"), step});
      guard.rows.push_back({{}, zero});
      step = push(std::move(guard));
    }
    declare(quantity.id, step, pointer);
    auto const directions = pointer + "/direction/";
    for (auto const& [along, direction] : quantity.direction) {
      auto const place = directions + along;
      if (direction != 1 && direction != -1) error(place, "a direction is \"up\" or \"down\"");
      claim({step, 0, direction, 0, place}, along);
    }
    auto const largest_steps = pointer + "/largest_step/";
    for (auto const& [along, largest] : quantity.largest_step) {
      auto const place = largest_steps + along;
      claim({step, 0, 0, number(largest, place).value_or(0), place}, along);
    }
    return step;
  }

  void claim(detail::Claim claim, std::string const& along)
  {
    auto const found = find(along, claim.pointer);
    if (!found) return;
    claim.along = *found;
    if (!program_.steps[*found].integral && !program_.steps[*found].is_fact)
      error(claim.pointer, "a declaration runs along a fact, or along whole numbers", {}, Code::type_mismatch);
    program_.claims.push_back(std::move(claim));
  }

  void add_total()
  {
    if (description_.total) {
      program_.total = expression(*description_.total, "/total");
    } else {
      Step sum;
      sum.operation = Operation::linear;
      sum.arguments = program_.items;
      sum.constants.assign(program_.items.size() + 1, 1.0);
      sum.constants[0] = 0;
      program_.total = push(std::move(sum));
    }
    declare("total", program_.total, "/total");
  }

  void add_constraints()
  {
    for (std::size_t k = 0; k < description_.constraints.size(); ++k) {
      auto const& constraint = description_.constraints[k];
      auto const pointer = "/constraints/" + std::to_string(k);
      if (constraint.order.empty() == constraint.never.empty())
        error(pointer, "a constraint says either \"order\" or \"never\"");
      if (!constraint.never.empty()) program_.violated.push_back(indicator(constraint.never, pointer + "/never"));
      for (std::size_t n = 0; n + 1 < constraint.order.size(); ++n) {
        auto const first = find(constraint.order[n], pointer + "/order");
        auto const second = find(constraint.order[n + 1], pointer + "/order");
        if (!first || !second) continue;
        Step difference;
        difference.operation = Operation::linear;
        difference.arguments = {*second, *first};
        difference.constants = {0, 1, -1};
        auto const step = push(std::move(difference));
        Step broken;
        broken.operation = Operation::table;
        auto const yes = constant(1);
        auto const no = constant(0);
        broken.rows.push_back({{StepCondition{step, {Interval{0, infinity}}}}, no});
        broken.rows.push_back({{}, yes});
        program_.violated.push_back(push(std::move(broken)));
        if (program_.steps[*first].is_fact && program_.steps[*second].is_fact)
          program_.order.emplace_back(*first, *second);
      }
    }
  }

  /// Years and months between dates that the constraints put in order are never negative.
  void mark_ordered()
  {
    auto const comes_before = [&](std::uint32_t first, std::uint32_t second) {
      std::vector<std::uint32_t> reached{first};
      for (std::size_t k = 0; k < reached.size(); ++k)
        for (auto const& [low, high] : program_.order)
          if (low == reached[k] && std::find(reached.begin(), reached.end(), high) == reached.end())
            reached.push_back(high);
      return std::find(reached.begin() + 1, reached.end(), second) != reached.end();
    };
    for (auto& step : program_.steps) {
      if (step.operation == Operation::years || step.operation == Operation::months)
        step.in_order = comes_before(step.arguments[0], step.arguments[1]);
      if (step.pair) step.pair->in_order = comes_before(step.pair->from, step.pair->to);
    }
  }

  void add_applicability()
  {
    auto const& rules = description_.applicability.rules;
    for (std::size_t k = 0; k < rules.size(); ++k) {
      auto const pointer = "/applicability/rules/" + std::to_string(k);
      if (rules[k].refuse.empty()) error(pointer + "/refuse", "the rule refuses everybody");
      if (rules[k].reason.empty()) error(pointer + "/reason", "the rule gives no reason");
      program_.refused.push_back(indicator(rules[k].refuse, pointer + "/refuse"));
    }
  }

  void add_bands()
  {
    auto const& bands = description_.bands;
    bool const cut = !bands.empty() || !description_.norms.empty();
    if (description_.band_of.empty() == cut) {
      error(description_.norms.empty() ? "/bands" : "/norms", "bands and the output that they divide come together");
      return;
    }
    if (!cut) return;
    auto const divided = find(description_.band_of, "/band_of");
    if (!divided) return;
    if (group_ != nullptr) return cut_by_norms(*divided);
    if (bands.empty()) return;
    program_.bands = intervals(bands, *divided, "/bands");
    program_.band_of = divided;
  }

  void cut_by_norms(std::uint32_t divided)
  {
    auto const& members = group_->members;
    auto const& norm = description_.norms[members.front()];
    if (members.size() > 1 || !norm.when.empty()) return add_level_of_norms(divided);
    program_.bands = intervals(norm.bands, divided, "/norms/" + std::to_string(members.front()) + "/bands");
    program_.band_of = divided;
  }

  std::vector<Interval> intervals(std::vector<ScoreBand> const& bands, std::uint32_t divided,
                                  std::string const& pointer)
  {
    std::vector<Interval> result;
    auto const range = program_.steps[divided].range;
    double end = -infinity;
    for (std::size_t k = 0; k < bands.size(); ++k) {
      auto const place = pointer + "/" + std::to_string(k);
      auto const from = bands[k].from ? number(*bands[k].from, place + "/from").value_or(0) : -infinity;
      auto const below = bands[k].below ? number(*bands[k].below, place + "/below").value_or(0) : infinity;
      for (std::size_t other = 0; other < k; ++other)
        if (bands[other].id == bands[k].id)
          error(place + "/id", "the band has the name of another", {}, Code::duplicate_id);
      if (k == 0 && from > range.low) error(place, "no band holds the lowest values");
      if (k + 1 == bands.size() && below <= range.high && below != infinity)
        error(place, "no band holds the highest values");
      if (k > 0 && from > end) error(place, "there is a gap between this band and the one before it");
      if (k > 0 && from < end) error(place, "this band overlaps the one before it");
      if (below <= from) error(place, "the band is empty", {}, Code::invalid_interval);
      result.push_back({from, below == infinity ? infinity : std::nextafter(below, -infinity)});
      end = below;
    }
    return result;
  }

  /// Where facts choose between norms, the band is the value of one table: its position, found under the conditions of
  /// each norm. So a norm that is open because a fact is missing leaves the band open like everything else.
  void add_level_of_norms(std::uint32_t divided)
  {
    std::vector<std::vector<StepCondition>> choices;
    Step level;
    level.operation = Operation::table;
    std::vector<std::uint32_t> positions;
    for (std::size_t k = 0; k < description_.bands.size(); ++k) positions.push_back(constant(static_cast<double>(k)));
    for (auto const member : group_->members) {
      auto const& norm = description_.norms[member];
      auto const pointer = "/norms/" + std::to_string(member);
      choices.push_back(conditions(norm.when, pointer + "/when"));
      if (!same_names(norm.bands, description_.bands)) {
        error(pointer + "/bands", "norms between which facts choose have the same bands in the same order");
        return;
      }
      auto const cut = intervals(norm.bands, divided, pointer + "/bands");
      for (std::size_t k = 0; k < cut.size(); ++k) {
        auto when = choices.back();
        when.push_back({divided, {cut[k]}});
        level.rows.push_back({std::move(when), positions[k]});
      }
    }
    for (std::size_t one = 0; one < choices.size(); ++one)
      for (std::size_t other = one + 1; other < choices.size(); ++other)
        if (!exclude(choices[one], choices[other]))
          error("/norms/" + std::to_string(group_->members[other]),
                "this norm and \"" + description_.norms[group_->members[one]].id + "\" can hold for one person",
                "let a condition of the one exclude a condition of the other", Code::overlapping_law);
    if (diagnostics_.has_errors()) return;
    auto const rows = check_rows(level, "/norms");
    if (!rows.case_without_row.empty())
      error("/norms", "no norm holds for " + rows.case_without_row, "add a norm for these people");
    for (auto const row : rows.unused)
      error("/norms/" + std::to_string(group_->members[row / positions.size()]) + "/bands/" +
                std::to_string(row % positions.size()),
            "nobody can be in this band");
    for (std::size_t k = 0; k < positions.size(); ++k)
      program_.bands.push_back({static_cast<double>(k), static_cast<double>(k)});
    program_.band_of = push(std::move(level));
  }

  static bool same_names(std::vector<ScoreBand> const& some, std::vector<ScoreBand> const& others)
  {
    return std::equal(some.begin(), some.end(), others.begin(), others.end(),
                      [](ScoreBand const& one, ScoreBand const& other) { return one.id == other.id; });
  }

  /// True when some step cannot satisfy both.
  static bool exclude(std::vector<StepCondition> const& some, std::vector<StepCondition> const& others)
  {
    for (auto const& one : some)
      for (auto const& other : others) {
        if (one.step != other.step) continue;
        bool const apart = std::none_of(one.allowed.begin(), one.allowed.end(), [&](Interval a) {
          return std::any_of(other.allowed.begin(), other.allowed.end(),
                             [&](Interval b) { return a.low <= b.high && b.low <= a.high; });
        });
        if (apart) return true;
      }
    return false;
  }

  void check_cases()
  {
    for (std::size_t k = 0; k < description_.cases.size(); ++k) {
      auto const& check = description_.cases[k];
      auto const pointer = "/cases/" + std::to_string(k);
      if (check.expected.empty() && !check.band) error(pointer, "the case expects nothing");
      number(check.tolerance, pointer + "/tolerance");
      auto const expected = pointer + "/expect/";
      for (auto const& [output, value] : check.expected) {
        auto const place = expected + output;
        bool const known =
            output == "total" || std::any_of(description_.outputs.begin(), description_.outputs.end(),
                                             [&wanted = output](auto const& one) { return one.quantity.id == wanted; });
        if (!known) error(place, "the case expects an output that does not exist", {}, Code::unknown_name);
        number(value, place);
      }
      if (check.band && !has_band(*check.band))
        error(pointer + "/band", "the case expects a band that does not exist", {}, Code::unknown_name);
    }
  }

  [[nodiscard]] bool has_band(std::string const& id) const
  {
    auto const holds = [&](std::vector<ScoreBand> const& bands) {
      return std::any_of(bands.begin(), bands.end(), [&](ScoreBand const& band) { return band.id == id; });
    };
    return holds(description_.bands) || std::any_of(description_.norms.begin(), description_.norms.end(),
                                                    [&](ScoreNorm const& norm) { return holds(norm.bands); });
  }

  NormGroup const* group_;
};

}  // namespace

Result<Instrument> Instrument::build(InstrumentDescription description, std::string const& file, Limits const& limits)
{
  auto program = std::make_shared<InstrumentProgram>();
  program->description = std::move(description);
  for (auto& fact : program->description.facts)
    if (fact.declaration.name.empty() && !fact.feel.empty()) fact.declaration.name = fact.id;
  Diagnostics found(limits.diagnostics);
  found.append(Compiler(*program, file, limits).run());
  auto const groups = detail::group_norms(program->description, file, found);
  if (found.has_errors()) return std::move(found).take();
  detail::add_lookups(*program);
  detail::add_total_form(*program);
  program->additive = detail::additive_form(*program);
  for (auto const& group : groups) {
    auto cut = std::make_shared<InstrumentProgram>();
    cut->description = detail::cut_by(program->description, group);
    for (auto const& one : Compiler(*cut, file, limits, &group).run())
      if (one.place.pointer.starts_with("/norms")) found.append({one});
    cut->description.norms.clear();
    detail::add_lookups(*cut);
    detail::add_total_form(*cut);
    cut->additive = detail::additive_form(*cut);
    program->cuts.push_back({group, std::move(cut)});
  }
  if (found.has_errors()) return std::move(found).take();
  return Result<Instrument>(Instrument(std::move(program)), std::move(found).take());
}

Result<Instrument> Instrument::normed(std::string_view jurisdiction, std::optional<Date> on) const
{
  if (program_->cuts.empty()) return *this;
  auto const chosen = detail::choose_norm(program_->cuts, jurisdiction, on);
  if (!chosen) return chosen.diagnostics();
  return Instrument(*chosen);
}

std::string const& Instrument::id() const& noexcept { return program_->description.id; }

InstrumentDescription const& Instrument::description() const& noexcept { return program_->description; }

Schema const& Instrument::schema() const& noexcept { return program_->schema; }

}  // namespace tutela::inline v0
