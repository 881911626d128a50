// SPDX-License-Identifier: Apache-2.0
/// \file
/// What may be told to whom for which purpose: a finding for each fact, with the ground, and what is missing.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/disclosure/consent.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/model/basis.hpp>
#include <tutela/model/place.hpp>

namespace tutela::inline v0 {

/// What keeps a ground from letting data travel, or may.
struct GroundReason {
  std::string word;          ///< Code word: `consent`, `category_not_allowed`, `agreement_not_in_force`.
  Truth holds = Truth::yes;  ///< `yes`: it stops the data. `unknown`: it may.
  std::string sentence;      ///< For people, without a full stop; names no fact's value.

  friend bool operator==(GroundReason const&, GroundReason const&) = default;
};

/// What one lawful ground says about one category of data on the day.
struct GroundFinding {
  BasisKind kind = BasisKind::same_agency;  ///< What it rests on.
  BasisId basis;                            ///< The ground; empty inside one agency.
  AgreementId agreement;                    ///< The agreement; empty unless it rests on one.
  std::optional<Citation> citation;         ///< The article, where the ground has one.
  Truth open = Truth::no;                   ///< Whether the data may travel on it.
  std::vector<GroundReason> reasons;        ///< Why not, or why that is not known.
  std::vector<std::string> ask;             ///< Facts that would settle it.

  friend bool operator==(GroundFinding const&, GroundFinding const&) = default;
};

/// Every ground on which the sender may tell the recipient anything, and what each says about a category of data to whose
/// travelling there is consent or not. `grounds_between` of the room `referral` makes it from a network, with the test
/// by which routes are found: there is one meaning of an agreement in force, not two.
using GroundTest = std::function<std::vector<GroundFinding>(DataCategory const& category, Truth consent)>;

/// What is to be told.
struct DisclosureRequest {
  AgencyId from;     ///< Who tells.
  NodeId to;         ///< Agency, unit or service that is told.
  std::string role;  ///< Who reads it there, as a code word: `case_manager`. Goes into the entry of the log.
  Purpose purpose;   ///< What for.
  Date on;           ///< The day.
  /// Facts that the purpose needs, by name; with a whole (`child`) all its parts (`child.age`). Whatever is not needed stays. Nothing when nobody said:
  /// then no smallest set is known, and each declared fact is looked at.
  std::optional<std::vector<std::string>> needed;
  std::vector<ConsentRecord> consents;  ///< Answers of the people concerned.
  /// Facts that tell where a protected place is, and how much of it readers may see (`Network::disclosure_of`). A fact is
  /// told whole or not at all, so `area` keeps it back.
  std::map<std::string, LocationDisclosure> places;
};

/// What becomes of a fact, in rising order. Only `tell` is told: what is not known stays.
enum class Telling : std::uint8_t {
  withhold,  ///< It may not be told.
  unknown,   ///< It is not known whether it may be told; it stays until that is settled.
  tell       ///< It may be told.
};

/// `withhold`, `unknown` or `tell`.
[[nodiscard]] TUTELA_API std::string_view to_string(Telling telling) noexcept;

/// Why.
enum class TellingReason : std::uint8_t {
  ground,            ///< A ground lets it travel.
  stays_with_team,   ///< Data of its category never leave the team; no ground changes that.
  place_not_shown,   ///< It tells where a protected place is.
  not_needed,        ///< The purpose does not need it.
  not_declared,      ///< No declaration says what it is.
  category_unknown,  ///< Its declaration names no data category.
  not_settled,       ///< A ground may let it travel; something is not known.
  not_allowed,       ///< There are grounds, and none lets it travel.
  no_ground,         ///< There is no ground between the two at all.
  part_withheld      ///< It is a whole of which a declared part is not told.
};

/// `stays_with_team`.
[[nodiscard]] TUTELA_API std::string_view to_string(TellingReason reason) noexcept;

/// The finding for one fact. It is about the name and the declaration: whether the fact is on record plays no part.
struct FactTelling {
  std::string fact;                                 ///< Name.
  DataCategory category;                            ///< Data category; empty when not known.
  Telling telling = Telling::withhold;              ///< What becomes of it.
  TellingReason reason = TellingReason::no_ground;  ///< Why.
  /// For `tell` the ground; for `unknown` and `not_allowed` each ground with what would have to be otherwise.
  std::vector<GroundFinding> grounds;

  friend bool operator==(FactTelling const&, FactTelling const&) = default;
};

/// The finding. A person decides and signs; a finding of `tell` is no duty to tell.
struct DisclosureFinding {
  AgencyId from;                   ///< As asked.
  NodeId to;                       ///< As asked.
  std::string role;                ///< As asked.
  Purpose purpose;                 ///< As asked.
  Date on;                         ///< As asked.
  bool minimum_known = false;      ///< False when nobody said what the purpose needs: more than the least may be told.
  std::vector<FactTelling> facts;  ///< Each declared and each needed fact, by name.

  /// The finding for a fact, or nothing: then it is not told. Logarithmic.
  [[nodiscard]] TUTELA_API FactTelling const* find(std::string_view fact) const noexcept;

  /// Names of the facts that may be told, by name. Linear.
  [[nodiscard]] TUTELA_API std::vector<std::string> told() const;

  /// What becomes of a result that rests on facts, of its reasons and of what it misses: the least of what becomes of each,
  /// because a verdict tells of every fact that it may read (`DecisionInfo::facts`), a score of every item. A fact without a
  /// finding stays. `tell` for no facts.
  [[nodiscard]] TUTELA_API Telling of_result(std::span<std::string const> facts_read) const noexcept;

  friend bool operator==(DisclosureFinding const&, DisclosureFinding const&) = default;
};

/// Says for each fact whether it may be told.
///
/// In this order: what stays with the team never leaves; places that may not be shown stay; then what the purpose does not
/// need; then what is not declared or has no category; then the grounds. A ground that lets a category travel is enough, the
/// first in the order of `BasisKind` and then of identifiers is named. An emergency or duty never waits for consent.
/// \param schema  What facts are: those of the packs and instruments in use.
/// \param request Who tells whom what for.
/// \param grounds What each ground between the two says.
/// \return The finding; or what is wrong: no sender, recipient or purpose, or a test that is not there.
/// The test is asked once for each category and subject of the data.
[[nodiscard]] TUTELA_API Result<DisclosureFinding> what_may_be_told(Schema const& schema,
                                                                    DisclosureRequest const& request,
                                                                    GroundTest const& grounds);

}  // namespace tutela::inline v0
