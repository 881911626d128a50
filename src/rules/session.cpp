// SPDX-License-Identifier: Apache-2.0
/// \file
/// Facts by slot, and decisions from where they stand.
#include <tutela/rules/session.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "rules/bare_run.hpp"
#include "rules/count_line.hpp"
#include "rules/name_table.hpp"
#include "rules/pack_impl.hpp"
#include "rules/partial_run.hpp"
#include "rules/plan.hpp"
#include "rules/possibilities.hpp"
#include "rules/prepared_decision.hpp"
#include "rules/session_cell.hpp"

namespace tutela::detail {

namespace {

using Cell = SessionCell;

/// What does not fit into a cell; kept between uses, so that its memory is used again.
struct LargeCell {
  std::string text;
  Value value;
};

Value const no_value;

}  // namespace

class SessionImpl final : public InputSource {
 public:
  explicit SessionImpl(Pack pack)
      : pack_(std::move(pack)),
        impl_(pack_.impl()),
        names_(impl_.schema.declarations()),
        lines_(impl_.lines.begin(), impl_.lines.end()),
        cells_(impl_.lines.size()),
        large_(impl_.lines.size())
  {
    for (auto const& line : lines_) empty_.push_back({Cell::Holds::nothing, line.open, 0});
    clear();
    for (auto const& leaf : impl_.model->leaves) leaf_places_.push_back(*names_.find(leaf.tree->name));
  }
  SessionImpl(SessionImpl const&) = delete;
  SessionImpl& operator=(SessionImpl const&) = delete;
  ~SessionImpl() = default;

  Pack const& pack() const { return pack_; }

  std::optional<Slot> slot(std::string_view fact) const noexcept
  {
    auto const place = names_.find(fact);
    return place ? std::optional(Slot(&impl_, *place)) : std::nullopt;
  }

  Slot slot(std::size_t place) const
  {
    if (place >= cells_.size()) throw ContractViolation("the pack has no fact at that place");
    return {&impl_, place};
  }

  void set_boolean(Slot slot, bool value)
  {
    auto const place = place_of(slot);
    ++facts_;
    cells_.data()[place] = {Cell::Holds::boolean, lines_.data()[place].booleans[value ? 1 : 0], value ? 1 : 0};
  }

  void set_count(Slot slot, Cell::Holds holds, std::int64_t count)
  {
    ++facts_;
    cells_.data()[place_of(slot)] = {holds, Cell::not_placed, count};
  }

  SessionCells cells()
  {
    SessionCells found{cells_.data(), &facts_, {}};
    for (auto const& line : lines_) found.places.push_back({line.booleans, line.open});
    return found;
  }

  void set_text(Slot slot, std::string_view text)
  {
    auto const place = place_of(slot);
    auto const& line = impl_.lines.data()[place];
    auto& cell = cells_.data()[place];
    bool const planned = line.cuts.kind() == Kind::string;
    cell.place = planned ? static_cast<std::uint32_t>(line.cuts.region_of_text(text)) : line.irregular();
    bool const is_cut = planned && cell.place % 2 == 1;  // then the line knows the text
    cell.holds = is_cut ? Cell::Holds::cut : Cell::Holds::text;
    ++facts_;
    if (!is_cut) large_[place].text.assign(text);
  }

  void set_value(Slot slot, Value value)
  {
    if (value.is(Kind::uncertain)) return set_state(slot, Cell::Holds::uncertain);
    auto const place = place_of(slot);
    ++facts_;
    cells_[place].holds = Cell::Holds::value;
    cells_[place].place = impl_.lines[place].place_of(value);
    large_[place].value = std::move(value);
  }

  void set_state(Slot slot, Cell::Holds holds)
  {
    auto const place = place_of(slot);
    auto const& line = impl_.lines[place];
    ++facts_;
    any_uncertain_ = any_uncertain_ || holds == Cell::Holds::uncertain;
    cells_[place].holds = holds;
    cells_[place].place = holds == Cell::Holds::none ? line.none() : line.open();
  }

  void clear()
  {
    std::copy(empty_.begin(), empty_.end(), cells_.begin());
    loaded_.reset();
    any_uncertain_ = false;
    ++facts_;
  }

  void load(Record record)
  {
    clear();
    loaded_ = std::move(record);
  }

  Record record() const;
  BareVerdict decide(PreparedDecision const& question);
  std::span<BareVerdict const> decide(PreparedDecisions const& asked);
  Verdict verdict(PreparedDecision const& question);

  Value tested(PreparedDecision const& question, JointInput const& input)
  {
    require(question.impl_->pack);
    return started(question.impl_).tested(input);
  }

 private:
  std::size_t place_of(Slot slot) const
  {
    if (slot.pack_ != &impl_) throw ContractViolation("the slot is of another pack");
    return slot.place_;
  }

  Value value_of(std::size_t place) const
  {
    auto const& cell = cells_[place];
    switch (cell.holds) {
      case Cell::Holds::boolean: return Value(cell.count != 0);
      case Cell::Holds::integer: return Value(Decimal(cell.count));
      case Cell::Holds::date: return Value(from_days(cell.count).value());
      case Cell::Holds::cut: return impl_.lines[place].cuts.values()[cell.place / 2];
      case Cell::Holds::text: return Value(large_[place].text);
      case Cell::Holds::value: return large_[place].value;
      case Cell::Holds::uncertain: return Value(Uncertain{{impl_.schema.declarations()[place].name}});
      case Cell::Holds::none:
      case Cell::Holds::nothing: break;
    }
    return {};
  }

  /// The place of a whole number or a day on a line; made a value only where it must be.
  std::uint32_t place_of_count(CountLine const& on, std::size_t fact) const
  {
    auto const& cell = cells_.data()[fact];
    if (on.kind != (cell.holds == Cell::Holds::date ? Kind::date : Kind::number)) return on.irregular;
    if (!on.has_regions) return on.line->place_of(value_of(fact));
    return static_cast<std::uint32_t>(on.line->cuts.region_of_count(cell.count));
  }

  /// The place of a fact on its line of the pack.
  std::uint32_t place_of_fact(std::size_t fact)
  {
    auto& cell = cells_.data()[fact];
    if (cell.place == Cell::not_placed) cell.place = place_of_count(lines_.data()[fact], fact);
    return cell.place;
  }

  void require(Pack const& asked) const
  {
    if (&asked.impl() != &impl_) throw ContractViolation("the prepared decision is of another pack");
  }

  PlanRun* filled(PreparedDecisionImpl const& question);
  void bring_forward(PreparedDecisionImpl const& question);
  std::uint32_t place_on(CountLine const& on, std::size_t fact) const;
  void run_quickly(PreparedPlans const& plans);

  /// What the bits settle: an answer, or that there are several; nothing where they do not.
  BareVerdict const* found_quickly(PreparedAnswers const& answers) const
  {
    auto const code = answers.look_up.code(scratch_.rules.data());
    // Where something cannot be known, the facts that matter decide between two outcomes.
    if (code < answers.look_up.open + (any_uncertain_ ? 0 : 1)) return answers.verdicts.data() + code;
    if (!answers.walked) return nullptr;
    using Found = PlanBundle::Answer::Found;
    auto const found = scratch_.answers[*answers.walked];
    if (found.found == Found::settled) return answers.verdicts.data() + found.code;
    return found.found == Found::open && !any_uncertain_ ? &answers.verdicts.back() : nullptr;
  }

  Verdict by_record(PreparedDecisionImpl const& question) const;
  [[nodiscard]] bool is_absent(std::string const& fact) const;
  PartialRun* filled_in_part(std::shared_ptr<PreparedDecisionImpl const> const& asked);
  BareVerdict decide_alone(std::shared_ptr<PreparedDecisionImpl const> const& asked);
  BareRun& started(std::shared_ptr<PreparedDecisionImpl const> const& asked);
  Value const* known(std::size_t leaf) override;
  Value input(std::size_t node) override;
  Value const* stored(std::size_t place);

  /// The run of a plan, and what keeps the plan where it holds for one day.
  struct KeptRun {
    std::shared_ptr<DayPlans const> day;
    std::unique_ptr<PlanRun> run;
  };
  static constexpr std::size_t most_runs = 256;

  Pack pack_;
  PackImpl const& impl_;
  NameTable names_;
  std::vector<CountLine> lines_;  ///< Of all facts.
  std::vector<Cell> empty_;       ///< The cells when nothing is known.
  std::vector<Cell> cells_;
  std::vector<LargeCell> large_;
  std::optional<Record> loaded_;
  std::vector<KeptRun> runs_;                    ///< The one used last comes first.
  std::unique_ptr<PartialRun> partial_;          ///< The one used last,
  std::shared_ptr<DayPlans const> partial_day_;  ///< and what keeps its plan.
  PlanBundle::Scratch scratch_;
  std::vector<BareVerdict> verdicts_;               ///< The last answers to several decisions,
  std::vector<Value> kept_;                         ///< and those of their values that no plan has.
  bool any_uncertain_ = false;                      ///< Some fact may be set as one that cannot be known.
  Value last_;                                      ///< The answer of the last decision that needed a record.
  std::uint64_t facts_ = 0;                         ///< Changes with every fact that is set.
  std::vector<std::size_t> leaf_places_;            ///< The fact that each leaf of the model is.
  std::vector<std::optional<Value const*>> known_;  ///< By leaf, as far as the model asked.
  std::unique_ptr<BareRun> bare_;
  std::shared_ptr<PreparedDecisionImpl const> conditions_;  ///< Under which `bare_` runs.
  std::uint64_t bare_facts_ = 0;                            ///< The facts that it was started for.
  std::optional<Record> whole_record_;                      ///< Made when it asks for a whole input.
  std::optional<CaseFacts> whole_;
};

Record SessionImpl::record() const
{
  auto const& declarations = impl_.schema.declarations();
  RecordBuilder builder;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (cells_[i].holds != Cell::Holds::nothing) builder.set(declarations[i].name, value_of(i));
  }
  if (loaded_) {
    for (auto const& fact : loaded_->facts()) {
      auto const place = names_.find(fact.name);
      bool const replaced = place && cells_[*place].holds != Cell::Holds::nothing;
      if (!replaced) builder.set(fact.name, fact.value, fact.source);
    }
  }
  return std::move(builder).build().value();
}

/// The place of a fact on another line than the pack's.
std::uint32_t SessionImpl::place_on(CountLine const& on, std::size_t fact) const
{
  auto const& cell = cells_[fact];
  switch (cell.holds) {
    case Cell::Holds::nothing:
    case Cell::Holds::uncertain: return on.open;
    case Cell::Holds::none: return on.none;
    case Cell::Holds::boolean: return on.booleans[cell.count != 0 ? 1 : 0];
    case Cell::Holds::integer:
    case Cell::Holds::date: return place_of_count(on, fact);
    default: return on.line->place_of(value_of(fact));
  }
}

/// Lets the bits of the plans say what they can; the answers are in `scratch_`.
void SessionImpl::run_quickly(PreparedPlans const& plans)
{
  auto const* facts = plans.bundle.facts().data();
  if (plans.day_lines.empty())
    return plans.bundle.run(scratch_, [&](std::size_t i) { return place_of_fact(facts[i].declaration); });
  auto const* days = plans.day_lines.data();
  plans.bundle.run(scratch_, [&](std::size_t i) {
    return days[i] ? place_on(*days[i], facts[i].declaration) : place_of_fact(facts[i].declaration);
  });
}

/// The run of the question's plan with the facts filled in; nothing when only the model can answer.
PlanRun* SessionImpl::filled(PreparedDecisionImpl const& question)
{
  if (question.plan == nullptr || loaded_) return nullptr;
  if (runs_.empty() || &runs_.front().run->plan() != question.plan) bring_forward(question);
  auto& run = *runs_.front().run;
  if (question.day != nullptr) {
    for (std::size_t i = 0; i < question.day_lines.size(); ++i) {
      auto const fact = question.plan->facts[i].declaration;
      bool const uncertain = cells_[fact].holds == Cell::Holds::uncertain;
      if (!run.set(i, place_on(question.day_lines[i], fact), uncertain)) return nullptr;
    }
    return &run;
  }
  for (std::size_t i = 0; i < question.plan->facts.size(); ++i) {
    auto const fact = question.plan->facts.data()[i].declaration;
    auto const place = place_of_fact(fact);
    if (!run.set(i, place, cells_.data()[fact].holds == Cell::Holds::uncertain)) return nullptr;
  }
  return &run;
}

/// Makes the run of a question's plan the first one.
void SessionImpl::bring_forward(PreparedDecisionImpl const& question)
{
  auto const found =
      std::find_if(runs_.begin(), runs_.end(), [&](KeptRun const& kept) { return &kept.run->plan() == question.plan; });
  if (found != runs_.end()) return std::iter_swap(runs_.begin(), found);
  if (runs_.size() == most_runs) runs_.pop_back();  // plans of days that are over
  runs_.insert(runs_.begin(), {question.day, std::make_unique<PlanRun>(*question.plan)});
}

/// True where nothing is set but perhaps that the fact cannot be known.
bool SessionImpl::is_absent(std::string const& fact) const
{
  auto const place = names_.find(fact);
  if (!place) return false;
  auto const holds = cells_[*place].holds;
  return holds == Cell::Holds::nothing || holds == Cell::Holds::uncertain;
}

/// The run of the question's partial plan with the facts and inputs filled in; nothing when only the model can answer.
PartialRun* SessionImpl::filled_in_part(std::shared_ptr<PreparedDecisionImpl const> const& asked)
{
  auto const& partial = asked->partial;
  if (partial.plan == nullptr || loaded_) return nullptr;
  if (partial_ == nullptr || &partial_->plan() != partial.plan) {
    partial_ = std::make_unique<PartialRun>(*partial.plan, *partial.joint);
    partial_day_ = partial.day;
  }
  auto const& facts = partial.plan->facts;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].joint) {
      auto const value = started(asked).tested((*partial.joint)[*facts[i].joint]);
      auto const& line = (*partial.lines)[facts[i].declaration];
      if (!partial_->set_value(i, line, value, [this](std::string const& name) { return is_absent(name); }))
        return nullptr;
      continue;
    }
    bool const uncertain = cells_[facts[i].declaration].holds == Cell::Holds::uncertain;
    if (!partial_->set(i, place_on(asked->partial_lines[i], facts[i].declaration), uncertain)) return nullptr;
  }
  return partial_.get();
}

Verdict SessionImpl::by_record(PreparedDecisionImpl const& question) const
{
  return pack_.decide(question.decision, record(), question.on, question.options);
}

/// True when what the model finds for one question holds for the other one.
bool same_conditions(PreparedDecisionImpl const& lhs, PreparedDecisionImpl const& rhs)
{
  auto const limits = [](Limits const& each) {
    return std::tie(each.document_bytes, each.nesting, each.calls, each.text_bytes, each.elements,
                    each.evaluation_steps, each.possible_values, each.completions);
  };
  return lhs.on == rhs.on && lhs.options.law_on == rhs.options.law_on && lhs.options.mode == rhs.options.mode &&
         lhs.options.include_unverified == rhs.options.include_unverified &&
         lhs.options.jurisdiction == rhs.options.jurisdiction &&
         limits(lhs.options.limits) == limits(rhs.options.limits);
}

/// The run under the conditions of a question. What several questions rest on is evaluated once while the facts stay as
/// they are.
BareRun& SessionImpl::started(std::shared_ptr<PreparedDecisionImpl const> const& asked)
{
  auto const& question = *asked;
  bool const same = conditions_ == asked || (conditions_ != nullptr && same_conditions(*conditions_, question));
  if (!same) {
    conditions_ = asked;
    bare_ = std::make_unique<BareRun>(impl_, question.options, *this);
  }
  if (!same || bare_facts_ != facts_) {
    bare_facts_ = facts_;
    whole_record_.reset();
    whole_.reset();
    known_.assign(leaf_places_.size(), std::nullopt);
    bare_->restart(question.on);
  }
  return *bare_;
}

/// The value of a fact that is set; of one that is not, nothing.
Value const* SessionImpl::stored(std::size_t place)
{
  static Value const no(false);
  static Value const yes(true);
  auto const& cell = cells_[place];
  switch (cell.holds) {
    case Cell::Holds::nothing:
    case Cell::Holds::uncertain: return nullptr;
    case Cell::Holds::none: return &no_value;
    case Cell::Holds::boolean: return cell.count != 0 ? &yes : &no;
    case Cell::Holds::cut: return &impl_.lines[place].cuts.values()[cell.place / 2];
    case Cell::Holds::value: break;
    case Cell::Holds::text: {
      auto& large = large_[place];
      for (auto const& allowed : impl_.schema.declarations()[place].allowed)
        if (auto const* text = allowed.as_string(); text != nullptr && *text == large.text) return &allowed;
      large.value = Value(large.text);
      break;
    }
    case Cell::Holds::integer:
    case Cell::Holds::date: large_[place].value = value_of(place); break;
  }
  return &large_[place].value;
}

Value const* SessionImpl::known(std::size_t leaf)
{
  auto& known = known_[leaf];
  if (!known) {
    auto const place = leaf_places_[leaf];
    auto const* value = stored(place);
    auto const& declared = impl_.schema.declarations()[place];
    bool const of_any_value = declared.allowed.empty() && declared.range.low.is_none() && declared.range.high.is_none();
    bool const usable =
        value != nullptr && value->kind() < Kind::list &&
        (value->is_none() || (of_any_value && value->kind() == declared.type) || !check(declared, *value));
    known = usable ? value : nullptr;
  }
  return *known;
}

Value SessionImpl::input(std::size_t node)
{
  if (!whole_) {
    whole_record_ = record();
    whole_.emplace(*impl_.model, *whole_record_, conditions_->on, std::nullopt);
  }
  auto value = whole_->input(node);
  if (conditions_->options.mode == Mode::conformance && !is_definite(value)) return without_unknown(value);
  return value;
}

BareVerdict SessionImpl::decide(PreparedDecision const& asked)
{
  auto const& question = *asked.impl_;
  require(question.pack);
  if (question.quick && !loaded_) {
    run_quickly(*question.quick);
    if (auto const* found = found_quickly(question.quick->answers.front())) return *found;
  }
  return decide_alone(asked.impl_);
}

std::span<BareVerdict const> SessionImpl::decide(PreparedDecisions const& asked)
{
  auto const& questions = *asked.impl_;
  require(questions.pack);
  auto const count = questions.each.size();
  verdicts_.resize(count, BareVerdict(Outcome::unknown, no_value));
  kept_.resize(count);
  if (!loaded_) run_quickly(questions.quick);
  for (std::size_t i = 0; i < count; ++i) {
    auto const* found = loaded_ ? nullptr : found_quickly(questions.quick.answers.data()[i]);
    if (found != nullptr) {
      verdicts_.data()[i] = *found;
    } else {
      auto const alone = decide_alone(questions.each[i]);
      kept_[i] = alone.value();
      verdicts_[i] = BareVerdict(alone.outcome(), kept_[i]);
    }
  }
  return verdicts_;
}

/// Without the bits.
BareVerdict SessionImpl::decide_alone(std::shared_ptr<PreparedDecisionImpl const> const& asked)
{
  auto const& question = *asked;
  if (auto* run = filled(question)) {
    auto const settled = run->settle(question.options.limits.completions);
    if (settled == PlanRun::Settled::yes) {
      auto const& step = question.plan->steps.back();
      return run->code() == step.error() ? BareVerdict(Outcome::error, no_value)
                                         : BareVerdict(Outcome::known, step.results[run->code()]);
    }
    // Only where something cannot be known the facts that matter decide between two outcomes.
    if (settled == PlanRun::Settled::no && !run->any_uncertain()) return {Outcome::unknown, no_value};
  } else if (question.index && !loaded_) {
    if (auto const found = started(asked).decide(*question.index)) return *found;
    auto* partial = filled_in_part(asked);
    if (auto const found = partial == nullptr ? std::nullopt : partial->answer(question.options.limits.completions)) {
      auto const& step = question.partial.plan->steps.back();
      auto const outcome = found->outcome(step);
      return {outcome, outcome == Outcome::known ? step.results[found->possible.front()] : no_value};
    }
  }
  auto options = question.options;
  options.reasons = false;  // nobody sees them
  auto found = pack_.decide(question.decision, record(), question.on, options);
  last_ = std::move(found.value);
  return {found.outcome, last_};
}

Verdict SessionImpl::verdict(PreparedDecision const& asked)
{
  auto const& question = *asked.impl_;
  require(question.pack);
  if (auto* run = filled(question)) {
    if (auto found = answer_by_plan(impl_, *question.index, *run, question.on, question.options))
      return *std::move(found);
  }
  return by_record(question);
}

}  // namespace tutela::detail

namespace tutela::inline v0 {

using Holds = detail::Cell::Holds;

Session::Session(Pack pack) : impl_(std::make_unique<detail::SessionImpl>(std::move(pack))) {}
Session::Session(Session&& other) noexcept = default;
Session& Session::operator=(Session&& other) noexcept = default;
Session::~Session() = default;

Pack const& Session::pack() const& noexcept { return impl_->pack(); }
std::optional<Slot> Session::slot(std::string_view fact) const noexcept { return impl_->slot(fact); }
Slot Session::slot(std::size_t place) const { return impl_->slot(place); }
void Session::set(Slot slot, bool value) { impl_->set_boolean(slot, value); }
void Session::set(Slot slot, std::int64_t value) { impl_->set_count(slot, Holds::integer, value); }
void Session::set(Slot slot, Decimal value) { impl_->set_value(slot, Value(value)); }
void Session::set(Slot slot, Date value) { impl_->set_count(slot, Holds::date, to_days(value)); }
void Session::set(Slot slot, std::string_view value) { impl_->set_text(slot, value); }
void Session::set(Slot slot, Value value) { impl_->set_value(slot, std::move(value)); }
void Session::set_none(Slot slot) { impl_->set_state(slot, Holds::none); }
void Session::set_uncertain(Slot slot) { impl_->set_state(slot, Holds::uncertain); }
void Session::unset(Slot slot) { impl_->set_state(slot, Holds::nothing); }
void Session::clear() { impl_->clear(); }
void Session::load(Record record) { impl_->load(std::move(record)); }
Record Session::record() const { return impl_->record(); }
BareVerdict Session::decide(PreparedDecision const& question) { return impl_->decide(question); }
std::span<BareVerdict const> Session::decide(PreparedDecisions const& questions) { return impl_->decide(questions); }
Verdict Session::verdict(PreparedDecision const& question) { return impl_->verdict(question); }
Value Session::tested(PreparedDecision const& question, detail::JointInput const& input)
{
  return impl_->tested(question, input);
}
detail::SessionCells Session::cells() { return impl_->cells(); }

}  // namespace tutela::inline v0
