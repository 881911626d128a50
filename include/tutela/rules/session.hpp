// SPDX-License-Identifier: Apache-2.0
/// \file
/// Deciding for one person after another at full speed: facts by slot, decisions looked up once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/verdict.hpp>

namespace tutela::detail {
struct JointInput;
struct PreparedDecisionImpl;
struct PreparedDecisionsImpl;
struct SessionCells;
class SessionImpl;
}  // namespace tutela::detail

namespace tutela::inline v0 {

/// A fact of one pack, looked up once. Valid for every session of that pack and its copies.
class Slot {
 public:
  /// Its place in `Schema::declarations()` of the pack.
  [[nodiscard]] std::size_t place() const noexcept { return place_; }

 private:
  friend class detail::SessionImpl;
  Slot(detail::PackImpl const* pack, std::size_t place) noexcept : pack_(pack), place_(place) {}

  detail::PackImpl const* pack_;
  std::size_t place_;
};

/// One decision of a pack under fixed conditions, looked up once. Immutable; copies share their content.
class PreparedDecision {
 public:
  /// \param pack     The pack; it is kept alive.
  /// \param decision Name of the decision; one that the pack lacks is `rule_not_available`.
  /// \param on       The day asked about; see `Pack::decide`.
  /// \param options  How to ask; `decisions` and `known_on` of it are not used for facts that are set by slot.
  TUTELA_API PreparedDecision(Pack const& pack, std::string_view decision, std::optional<Date> on,
                              DecideOptions const& options = {});

 private:
  friend class detail::SessionImpl;
  std::shared_ptr<detail::PreparedDecisionImpl const> impl_;
};

/// Several decisions of a pack under the same conditions, looked up once and answered together. Immutable; copies share their
/// content.
///
/// Small tables lie side by side, so that each fact is looked at once for all of them. Memory: for each fact two bits a rule and
/// constant, at most 8 MiB.
class PreparedDecisions {
 public:
  /// \param pack    The pack; it is kept alive.
  /// \param on      The day asked about; see `Pack::decide`.
  /// \param options How to ask. `options.decisions` names the decisions, in the order of the answers; all of the pack when
  ///                empty. One that the pack lacks is `rule_not_available`. `known_on` is not used.
  TUTELA_API PreparedDecisions(Pack const& pack, std::optional<Date> on, DecideOptions const& options = {});

  /// The decisions, in the order of the answers.
  [[nodiscard]] TUTELA_API std::vector<std::string> const& names() const noexcept;

 private:
  friend class detail::SessionImpl;
  std::shared_ptr<detail::PreparedDecisionsImpl const> impl_;
};

/// The answer alone: outcome and value, without the reasons.
class BareVerdict {
 public:
  /// The outcome with the answer that belongs to it. \param value Must live as long as this is used.
  BareVerdict(Outcome outcome, Value const& value) noexcept : outcome_(outcome), value_(&value) {}

  /// How far the facts settle it.
  [[nodiscard]] Outcome outcome() const noexcept { return outcome_; }

  /// The answer when `known`, otherwise none. It lives until the session is asked again or destroyed.
  [[nodiscard]] Value const& value() const noexcept { return *value_; }

 private:
  Outcome outcome_;
  Value const* value_;
};

/// The facts of one person at a time, for one pack and one thread.
///
/// A fact that was never set is unknown. Decisions whose tables are compiled whole (docs/rules.md says which) are
/// answered from the facts where they stand, without building a record; all others as `Pack::decide` does. Both give
/// the same answers. Setting Booleans, numbers and dates never allocates; a text does when it is longer than any before.
///
/// A value of the wrong type, or outside what the pack declares, is kept; the decisions that read it end as `error`.
class Session {
 public:
  /// A session in which every fact is unknown. \param pack The pack; the session keeps it alive.
  TUTELA_API explicit Session(Pack pack);

  /// Takes over the facts; the other session may then only be destroyed or assigned to.
  TUTELA_API Session(Session&& other) noexcept;

  /// Takes over the facts; the other session may then only be destroyed or assigned to.
  TUTELA_API Session& operator=(Session&& other) noexcept;

  TUTELA_API ~Session();

  /// The pack that it is for.
  [[nodiscard]] TUTELA_API Pack const& pack() const& noexcept;

  /// The slot of a fact, or nothing when the pack reads no fact of that name. One look-up in a hash table.
  [[nodiscard]] TUTELA_API std::optional<Slot> slot(std::string_view fact) const noexcept;

  /// The slot at a place of `Schema::declarations()`. \throws ContractViolation when there is no such place.
  [[nodiscard]] TUTELA_API Slot slot(std::size_t place) const;

  /// Sets a Boolean. Like all setters by slot it throws `ContractViolation` for a slot of another pack.
  TUTELA_API void set(Slot slot, bool value);

  /// Sets a whole number.
  TUTELA_API void set(Slot slot, std::int64_t value);

  /// Sets a whole number.
  void set(Slot slot, int value) { set(slot, std::int64_t{value}); }

  /// Sets a number.
  TUTELA_API void set(Slot slot, Decimal value);

  /// Sets a date.
  TUTELA_API void set(Slot slot, Date value);

  /// Sets a text in UTF-8; it is copied.
  TUTELA_API void set(Slot slot, std::string_view value);

  /// Sets a text in UTF-8; it is copied.
  void set(Slot slot, char const* value) { set(slot, std::string_view(value)); }

  /// Sets any value in any state but error; structured values and narrowed unknowns too.
  TUTELA_API void set(Slot slot, Value value);

  /// There is none, or it does not apply.
  TUTELA_API void set_none(Slot slot);

  /// It was asked and cannot be known.
  TUTELA_API void set_uncertain(Slot slot);

  /// It is unknown again, or as the loaded record has it.
  TUTELA_API void unset(Slot slot);

  /// Sets a fact by its name; any type that has a setter by slot.
  /// \return False when the pack reads no fact of that name; then nothing is kept.
  template <class T>
  bool set(std::string_view fact, T const& value)
  {
    auto const found = slot(fact);
    if (found) set(*found, value);
    return found.has_value();
  }

  /// Makes every fact unknown, for the next person; a loaded record is forgotten.
  TUTELA_API void clear();

  /// Replaces all facts by those of a record. A slot that is set afterwards counts instead of the record's fact.
  TUTELA_API void load(Record record);

  /// The facts as a record: the slots that are set, and the loaded record for the others.
  [[nodiscard]] TUTELA_API Record record() const;

  /// The answer alone.
  /// \throws ContractViolation when the decision is of another pack, or the day is missing where it is needed.
  [[nodiscard]] TUTELA_API BareVerdict decide(PreparedDecision const& decision);

  /// The answers alone to several decisions, in their order; each the same as by itself. They live until the session is asked
  /// again or destroyed. \throws as above.
  [[nodiscard]] TUTELA_API std::span<BareVerdict const> decide(PreparedDecisions const& decisions);

  /// The whole verdict, as `Pack::decide` gives it for the same facts. \throws as `decide`.
  [[nodiscard]] TUTELA_API Verdict verdict(PreparedDecision const& decision);

  /// What an input of a table tests for these facts; for the library itself. \param decision Any one of the pack: under
  /// its conditions the input is evaluated.
  [[nodiscard]] Value tested(PreparedDecision const& decision, detail::JointInput const& input);

  /// The memory of the facts, to be written in place; for the library itself. It lives as long as the session does.
  [[nodiscard]] detail::SessionCells cells();

 private:
  std::unique_ptr<detail::SessionImpl> impl_;
};

}  // namespace tutela::inline v0
