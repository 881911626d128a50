// SPDX-License-Identifier: Apache-2.0
/// \file
/// Timelines by change points.
#include <tutela/rules/timeline.hpp>

#include <algorithm>
#include <map>
#include <utility>

#include "rules/bare_run.hpp"
#include "rules/case_run.hpp"
#include "rules/day_forms.hpp"
#include "rules/pack_impl.hpp"
#include "rules/run.hpp"

namespace tutela::detail {
namespace {

/// Collects the days on which an answer may change, with what happens on them.
class TurnFinder {
 public:
  TurnFinder(PackImpl const& pack, std::size_t decision, Record const& record, Date start, Date end,
             DecideOptions const& options)
      : pack_(pack),
        cone_(pack.cones[decision]),
        info_(pack.decisions[decision]),
        record_(record),
        start_(to_days(start)),
        end_(to_days(end)),
        options_(options),
        use_(day_use(*pack.model, cone_))
  {
  }

  /// The turns by day, and why every day must be evaluated (empty when not).
  std::pair<std::map<std::int64_t, std::vector<Turn>>, std::string> run()
  {
    if (!options_.law_on) laws();
    facts();
    std::vector<std::int64_t> begins{start_};
    for (auto const& [day, turns] : turns_) begins.push_back(day);
    std::string why = use_.other;
    // A date may be another one once a text or a fact has changed.
    for (auto const day : begins) {
      if (!why.empty() && day != start_) break;
      if (!dates(day) && why.empty()) why = "dates that are not known matter in more than one way";
    }
    return {std::move(turns_), std::move(why)};
  }

 private:
  void add(std::optional<std::int64_t> day, Turn turn)
  {
    if (!day || *day <= start_ || *day >= end_) return;
    auto& turns = turns_[*day];
    if (std::find(turns.begin(), turns.end(), turn) == turns.end()) turns.push_back(std::move(turn));
  }

  void period(Period const& valid, TurnKind began, TurnKind ended, std::string const& name)
  {
    if (valid.from) add(to_days(*valid.from), {began, name, 0, 0});
    if (valid.until) add(to_days(*valid.until), {ended, name, 0, 0});
  }

  void law(Period const& valid, std::string const& name)
  {
    period(valid, TurnKind::law_began, TurnKind::law_ended, name);
  }

  void laws()
  {
    law(pack_.info.valid, pack_.info.id);
    for (auto const index : cone_.nodes) {
      auto const& node = pack_.model->nodes[index];
      for (auto const& text : node.texts) {
        law(text.note.law, node.name);
        std::vector<Boxed const*> open{&text.body};
        while (!open.empty()) {
          auto const* boxed = open.back();
          open.pop_back();
          for (auto const& child : boxed->children) open.push_back(&child);
          if (!boxed->table) continue;
          for (auto const& rule : boxed->table->rules) law(rule.note.law, node.name);
        }
      }
    }
  }

  void facts()
  {
    for (auto const& fact : record_.facts()) {
      bool const read = std::any_of(info_.facts.begin(), info_.facts.end(), [&](std::string const& name) {
        auto const& shorter = name.size() < fact.name.size() ? name : fact.name;
        auto const& longer = name.size() < fact.name.size() ? fact.name : name;
        return longer.compare(0, shorter.size(), shorter) == 0 &&
               (longer.size() == shorter.size() || longer[shorter.size()] == '.' || longer[shorter.size()] == '[');
      });
      if (read) period(fact.source.valid, TurnKind::fact_began, TurnKind::fact_ended, fact.name);
    }
  }

  /// Adds the days of all series with the dates as they are on a day. \return False when a date is not known well enough.
  bool dates(std::int64_t day)
  {
    auto const on = from_days(day);
    if (!on || use_.series.empty()) return true;
    CaseFacts facts(*pack_.model, record_, on, options_.known_on);
    Evaluation evaluation;
    evaluation.mode = options_.mode;
    evaluation.on = on;
    evaluation.age_rule = pack_.info.age_rule;
    evaluation.limits = options_.limits;
    RunContext context;
    context.model = pack_.model;
    context.notes = std::make_shared<RunNotes>();
    context.law_on = options_.law_on ? options_.law_on : on;
    context.include_unverified = options_.include_unverified;
    ModelRun run(std::move(context), evaluation);
    for (auto const input : cone_.inputs) run.set(input, facts.input(input));
    bool clear = true;
    for (auto const& series : use_.series) {
      Value value = series.base.constant;
      std::string name = value.is_none() ? std::string() : to_string(value);
      if (series.base.node) {
        value = run.value(*series.base.node);
        name = fact_name(pack_.model->nodes[*series.base.node].name);
        for (auto const& part : series.base.path) {
          auto const* entry = value.as_context() == nullptr ? nullptr : value.as_context()->find(part);
          value = entry == nullptr ? Value() : *entry;
          name += "." + fact_name(part);
        }
      }
      clear = date(series, value, name) && clear;
    }
    return clear;
  }

  /// True when the date is read elsewhere too, by itself, with what it is part of, or in part.
  bool entangled(DateBase const& base) const
  {
    return std::any_of(use_.entangled.begin(), use_.entangled.end(), [&](DateBase const& other) {
      auto const common = std::min(base.path.size(), other.path.size());
      return base.node == other.node &&
             std::equal(base.path.begin(), base.path.begin() + static_cast<std::ptrdiff_t>(common), other.path.begin());
    });
  }

  bool date(DaySeries const& series, Value const& value, std::string const& name)
  {
    if (auto const* known = value.as_date()) {
      days(series, *known, name);
      return true;
    }
    if (auto const* unknown = value.as_unknown()) {
      auto const& domain = unknown->domain;
      for (auto const& member : domain.values)
        if (member.is(Kind::date)) days(series, *member.as_date(), name);
      // Each of some known dates changes the answer on days of its own only.
      if (domain.kind == Domain::Kind::set) return true;
      for (auto const* bound : {&domain.range.low, &domain.range.high})
        if (bound->is(Kind::date)) days(series, *bound->as_date(), name);
      // How much is found out of the months since one of a range of days depends on the day asked about.
      bool const months = series.kind == DaySeries::Kind::months || series.kind == DaySeries::Kind::years;
      if (months && domain.kind == Domain::Kind::range) return false;
      return !entangled(series.base);
    }
    if (value.is(Kind::uncertain)) return !entangled(series.base);
    // None and what cannot be computed stay so on every day; moments and lists are no dates.
    return value.is_none() || value.is(Kind::error);
  }

  void days(DaySeries const& series, Date base, std::string const& name)
  {
    auto number = [](std::optional<Date> date) { return date ? std::optional(to_days(*date)) : std::nullopt; };
    if (series.kind == DaySeries::Kind::once) {
      auto const moved = add_months(base, series.base.months, MonthRounding::down);
      auto const centre = moved ? add_days(*moved, series.base.days) : std::nullopt;
      if (!centre) return;
      // A month that is too short moves the day by up to three days.
      int const around = series.base.months == 0 ? 1 : 5;
      Turn const turn{TurnKind::date_passed, name, series.base.months, series.base.days};
      for (int i = -around; i <= around; ++i) add(to_days(*centre) + i, turn);
      return;
    }
    auto const first = from_days(start_);
    auto const last = from_days(end_);
    if (!first || !last) return;
    if (series.kind == DaySeries::Kind::ages) {
      for (int years = std::max(0, first->year - base.year - 1); years <= last->year - base.year + 1; ++years)
        add(number(age_reached_on(base, years, pack_.info.age_rule)),
            {TurnKind::age_reached, name, std::int64_t{years} * 12, 0});
      return;
    }
    std::int64_t const step = series.kind == DaySeries::Kind::years ? 12 : 1;
    auto const from =
        ((static_cast<std::int64_t>(first->year) - base.year) * 12 + first->month - base.month) / step - 2;
    auto const until = ((static_cast<std::int64_t>(last->year) - base.year) * 12 + last->month - base.month) / step + 2;
    for (auto count = from; count <= until; ++count) {
      Turn const turn{TurnKind::age_reached, name, count * step, 0};
      auto const down = number(add_months(base, count * step, MonthRounding::down));
      add(down, turn);
      add(number(add_months(base, count * step, MonthRounding::up)), turn);
      // Before the date itself durations are negative and complete on the other side of the day.
      if (count <= 0 && down) add(*down + 1, turn);
    }
  }

  PackImpl const& pack_;
  DecisionCone const& cone_;
  DecisionInfo const& info_;
  Record const& record_;
  std::int64_t start_;
  std::int64_t end_;
  DecideOptions const& options_;
  DayUse use_;
  std::map<std::int64_t, std::vector<Turn>> turns_;
};

bool same_answer(TimelineSpan const& span, Verdict const& verdict)
{
  auto const& lhs = span.possible;
  auto const& rhs = verdict.possible;
  return span.outcome == verdict.outcome && span.value == verdict.value && span.missing == verdict.missing &&
         span.uncertain == verdict.uncertain && lhs.kind == rhs.kind && lhs.values == rhs.values &&
         Value(lhs.range) == Value(rhs.range) && lhs.approximate == rhs.approximate;
}

/// Finds the days on which a known answer only goes on, without a verdict.
class QuickLook {
 public:
  /// \param info The decision; nothing when the pack has none of that name.
  QuickLook(PackImpl const& pack, DecisionInfo const* info, Record const& record, Date start,
            DecideOptions const& options)
      : decision_(info == nullptr ? std::nullopt
                                  : std::optional(static_cast<std::size_t>(info - pack.decisions.data()))),
        facts_(*pack.model, record, start, options.known_on),
        inputs_(facts_, decision_ ? &pack.cones[*decision_] : nullptr, nullptr, options.mode),
        run_(pack, options, inputs_)
  {
  }

  /// True when the answer on a day is known and that of the span.
  bool is_known_as(TimelineSpan const& span, Date on)
  {
    if (!decision_ || span.outcome != Outcome::known) return false;
    facts_.move_to(on);
    run_.restart(on);
    auto const found = run_.decide(*decision_);
    return found && found->outcome() == Outcome::known && found->value() == span.value;
  }

 private:
  std::optional<std::size_t> decision_;
  CaseFacts facts_;
  CaseInputs inputs_;
  BareRun run_;
};

}  // namespace
}  // namespace tutela::detail

namespace tutela::inline v0 {

Timeline timeline(Pack const& pack, Record const& record, std::string_view decision, Date start, Date end,
                  DecideOptions const& options)
{
  auto const first = to_days(start);
  auto const last = to_days(end);
  if (first >= last || last - first > 73'050)
    throw ContractViolation("a timeline runs over at least one day and at most 200 years");
  Timeline timeline;
  timeline.decision = std::string(decision);
  std::map<std::int64_t, std::vector<Turn>> turns;
  auto const* info = pack.find(decision);
  if (info != nullptr) {
    auto const index = static_cast<std::size_t>(info - pack.decisions().data());
    auto found = detail::TurnFinder(pack.impl(), index, record, start, end, options).run();
    turns = std::move(found.first);
    timeline.why_day_by_day = std::move(found.second);
    timeline.day_by_day = !timeline.why_day_by_day.empty();
  }
  auto quick = options;
  quick.reasons = false;
  detail::QuickLook look(pack.impl(), info, record, start, quick);
  auto next = turns.begin();
  for (auto day = first; day < last;) {
    auto const on = *from_days(day);
    ++timeline.evaluations;
    bool const turn = next != turns.end() && next->first == day;
    bool const goes_on = !timeline.spans.empty() && look.is_known_as(timeline.spans.back(), on);
    auto const verdict = goes_on ? Verdict() : pack.decide(decision, record, on, quick);
    if (!goes_on && (timeline.spans.empty() || !detail::same_answer(timeline.spans.back(), verdict))) {
      if (!timeline.spans.empty()) timeline.spans.back().until = on;
      TimelineSpan span{on, end, verdict.outcome, verdict.value, verdict.possible, verdict.missing, verdict.uncertain,
                        {}, {}};
      if (options.reasons) span.citations = pack.decide(decision, record, on, options).citations;
      if (turn) span.began_with = next->second;
      if (!turn && !timeline.spans.empty()) span.began_with.push_back({});
      timeline.spans.push_back(std::move(span));
    }
    if (turn) ++next;
    day = timeline.day_by_day ? day + 1 : next == turns.end() ? last : next->first;
  }
  return timeline;
}

std::string_view to_string(TurnKind kind) noexcept
{
  switch (kind) {
    case TurnKind::age_reached: return "age_reached";
    case TurnKind::date_passed: return "date_passed";
    case TurnKind::law_began: return "law_began";
    case TurnKind::law_ended: return "law_ended";
    case TurnKind::fact_began: return "fact_began";
    case TurnKind::fact_ended: return "fact_ended";
    case TurnKind::other: return "other";
  }
  return "other";
}

std::string to_string(Turn const& turn)
{
  auto length = [](std::int64_t count, std::string const& unit) {
    return std::to_string(count) + " " + unit + (count == 1 || count == -1 ? "" : "s");
  };
  std::string moved;
  if (turn.months != 0) moved = turn.months % 12 == 0 ? length(turn.months / 12, "year") : length(turn.months, "month");
  if (turn.days != 0) moved += (moved.empty() ? "" : " and ") + length(turn.days, "day");
  switch (turn.kind) {
    case TurnKind::age_reached: return turn.name + ": " + (moved.empty() ? "the day itself" : moved);
    case TurnKind::date_passed: return turn.name + (moved.empty() ? "" : " with " + moved) + ": the day has come";
    case TurnKind::law_began: return turn.name + ": a text comes into force";
    case TurnKind::law_ended: return turn.name + ": a text goes out of force";
    case TurnKind::fact_began: return turn.name + ": the fact begins to hold";
    case TurnKind::fact_ended: return turn.name + ": the fact no longer holds";
    case TurnKind::other: break;
  }
  return "the day itself";
}

}  // namespace tutela::inline v0
