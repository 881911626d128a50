// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which missing fact to ask next, of whom, and when to stop: an interview as a value.
///
/// **What is asked.** Only facts that can still change an answer, exactly: the decisions' missing facts become decision
/// diagrams over the regions that the rules tell apart, and a fact is asked only if a diagram still tests it. Nothing is
/// asked once no fact can change anything. Facts that cannot be known are never asked.
///
/// **Of whom.** A fact that another agency already holds and may share is fetched there and asked of nobody. A child is
/// asked last: only when nothing else that can change an answer can be found out elsewhere. Facts that only a trained
/// interviewer may ask are not asked at all but *referred*; what then stays open counts as settled for the interview.
///
/// **What is said first.** What `decide` says about an answer that is not settled comes with the questions and before
/// them: protection that is not excluded, with the clocks of its duties. A separation that is refused is asked about for
/// as long as facts could let it stand.
///
/// **In which order.** The goal is the lowest expected cost to the last answer of all decisions together. This is
/// stochastic Boolean function evaluation and NP-hard, so: decisions without common facts are planned apart; where the
/// state graph is small the plan is the optimum, by dynamic programming with bounds; where it is not, each first question
/// is followed through to the end (rollout) under two greedy rules, and the better one counts. The rules are the edges
/// between different answers that a question cuts for its cost (equivalence class edge cutting, an adaptive submodular
/// goal, so within a logarithmic factor of the optimum), and the fall of the Gini impurity of the answers for its cost,
/// which does better on small tables. A rollout is never worse than the better rule from the same state.
/// \source{Golovin, Krause, Ray, Near-optimal Bayesian active learning with noisy observations, NIPS 2010; Deshpande,
/// Hellerstein, Kletenik, Approximation algorithms for stochastic Boolean function evaluation, SODA 2014; Bertsekas,
/// Tsitsiklis, Wu, Rollout algorithms for combinatorial optimization, 1997}
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/facts/source.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/verdict.hpp>

namespace tutela::inline v0 {

/// A fact that another agency already has on record.
struct Holding {
  std::string fact;     ///< Dotted name.
  std::string agency;   ///< Who holds it.
  bool shared = false;  ///< True when it may be passed on for this purpose; otherwise it is asked as if nobody held it.
};

/// By how much handling a fact of a given sensitivity weighs more than its plain cost; our estimates.
struct SensitivityFactors {
  Decimal ordinary{1};   ///< For `Sensitivity::ordinary`.
  Decimal personal{1};   ///< For `Sensitivity::personal`.
  Decimal sensitive{2};  ///< For `Sensitivity::sensitive`: asking can hurt.
};

/// How to ask.
struct AskOptions {
  DecideOptions decide;           ///< Which decisions are to be settled, by which law, from which facts.
  std::vector<Holding> holdings;  ///< What other agencies are known to hold.
  SensitivityFactors factors;     ///< What sensitivity adds to the cost.
  /// Diagrams that a plan may look at. It bounds the work on one question, never the truth of what is asked.
  std::size_t planning_steps = 3'000;
};

/// How good the order of the questions is.
enum class PlanMethod : std::uint8_t {
  exact,      ///< No order has a lower expected cost.
  lookahead,  ///< Every first question was followed to the end under two greedy rules.
  greedy      ///< By what a question tells at once; the work was used up.
};

/// `exact`, `lookahead` or `greedy`.
[[nodiscard]] TUTELA_API std::string_view to_string(PlanMethod method) noexcept;

/// Values of a fact that no rule tells apart, and how likely they are held to be.
struct RegionShare {
  Value region;      ///< One value, or an unknown with the set or range of values.
  double share = 0;  ///< Between 0 and 1; all shares of a fact add up to 1.
};

/// One fact to find out.
struct FactQuestion {
  std::string fact;                                 ///< Dotted name.
  Text label;                                       ///< Name for people.
  Text text;                                        ///< The question; often empty.
  AskedOf asked_of = AskedOf::adult;                ///< Whom to ask; `file` when another agency shares it.
  std::string holder;                               ///< The agency that holds it and may share it; empty otherwise.
  std::vector<std::string> may_be_held_by;          ///< Where the pack says that it may be on record.
  Sensitivity sensitivity = Sensitivity::personal;  ///< How carefully it must be handled.
  Decimal cost;                                     ///< Cost with its sensitivity, in units of one plain question.
  std::vector<std::string> decisions;               ///< Answers that it can still change; sorted.
  /// Expected cost to settle all that hangs together with it when it is asked next; nothing when not computed.
  std::optional<double> expected_cost;
  /// The prior: uniform over the values of a list or a Boolean and over the regions of numbers and dates, unless the
  /// pack gives weights. It decides about the order alone.
  std::vector<RegionShare> prior;
  bool weighted = false;  ///< True when the pack gives weights for it.
};

/// What must be said about an answer that is not settled before anything is asked.
struct OpenCaution {
  std::string decision;                  ///< Name of the decision.
  Text label;                            ///< Name for people.
  Caution caution = Caution::none;       ///< `not_excluded` or `no_support`.
  std::vector<Duty> safety_duties = {};  ///< Duties that may already run, with their clocks, when `not_excluded`.
};

/// What to find out next. It is a proposal: whoever leads the talk may ask in another order.
struct Questions {
  /// To be read first: protection that is not excluded, with its clocks, and restrictions that nothing supports yet.
  std::vector<OpenCaution> cautions;
  std::vector<FactQuestion> ask;       ///< Best first; empty when nothing that may be asked can change an answer.
  std::vector<FactQuestion> referred;  ///< What can change an answer but only a trained interviewer may ask.
  std::vector<std::string> settled;    ///< Decisions that no question can change any more; sorted.
  std::vector<std::string> open;       ///< The others; sorted.
  /// Decisions for which there is no rule: none for the legal order asked about, none in the pack, or none that is
  /// verified. They are neither open nor settled; sorted.
  std::vector<std::string> not_available;
  std::string
      jurisdiction;  ///< ISO 3166 code of the legal order that has no such rule here, where one was asked about.
  std::vector<std::string> uncertain;  ///< Facts that matter but cannot be known; they are not asked; sorted.
  /// Expected cost of all questions still to come; nothing when it could not be computed.
  std::optional<double> expected_cost;
  PlanMethod method = PlanMethod::exact;  ///< How the first question was found.
  /// False when for some decision not all completions could be told apart: a question may then turn out not to matter.
  bool exact = true;
  std::string costs;  ///< What the pack says about its costs: the unit and where they come from.
};

/// One interview: the facts so far and what to ask next. A value: every answer gives a new interview, and the old one
/// stays as it was. To resume, start again with the record.
class Interview {
 public:
  /// Begins with what is known.
  ///
  /// \param pack    The rules.
  /// \param record  The facts so far.
  /// \param on      The day asked about; as for `Pack::decide`.
  /// \param options What to settle, and how; for decisions that the pack lacks there is nothing to ask.
  /// \throws ContractViolation as `Pack::decide` does, and for a negative factor.
  TUTELA_API Interview(Pack const& pack, Record const& record, std::optional<Date> on, AskOptions const& options = {});

  /// What to find out next. Constant time: it was planned when the interview was made.
  [[nodiscard]] TUTELA_API Questions const& questions() const& noexcept;

  /// True when no question can change an answer any more.
  [[nodiscard]] bool finished() const noexcept { return questions().ask.empty(); }

  /// The interview once one more fact is known.
  ///
  /// \param fact   Name of the fact; it need not be the one proposed.
  /// \param value  The answer, in any state but error: `Uncertain` when it cannot be known, an unknown with a narrower
  ///               domain when it is partly known.
  /// \param source Who said it, and when.
  /// \return The new interview, or what is wrong with the answer: a fact that the pack does not declare, a value that the
  ///         declaration does not allow, a second value for a fact that is known, facts that contradict each other.
  [[nodiscard]] TUTELA_API Result<Interview> answer(std::string const& fact, Value value, Source source = {}) const;

  /// The facts so far, the answers among them.
  [[nodiscard]] TUTELA_API Record const& record() const& noexcept;

  /// The verdicts on the facts so far, as `Pack::decide` gives them.
  [[nodiscard]] TUTELA_API std::vector<Verdict> verdicts() const;

 private:
  struct State;
  explicit Interview(std::shared_ptr<State const> state);

  std::shared_ptr<State const> state_;
};

/// What to find out next about a case; the first step of an interview.
///
/// \throws ContractViolation as `Interview` does.
[[nodiscard]] TUTELA_API Questions ask(Pack const& pack, Record const& record, std::optional<Date> on,
                                       AskOptions const& options = {});

}  // namespace tutela::inline v0
