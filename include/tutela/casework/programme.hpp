// SPDX-License-Identifier: Apache-2.0
/// \file
/// Programmes with sessions: what one asks for, and how far a participant has come.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/calendar/term.hpp>
#include <tutela/casework/law_text.hpp>

namespace tutela::inline v0 {

/// How many sessions of a kind a programme has.
struct SessionCount {
  std::string kind;  ///< Code word: `group`, `individual`.
  int count = 0;     ///< How many, 1 to 1,000.

  friend bool operator==(SessionCount const&, SessionCount const&) = default;
};

/// A programme (ro: program probațional) as an act or a paper describes it.
struct Programme {
  LawText text;                        ///< Identifier, name and source.
  std::string code;                    ///< Code word: `drink_and_drive`.
  AgeBand ages;                        ///< Ages it is for.
  std::vector<SessionCount> sessions;  ///< Its sessions; empty when they are not known.
  std::optional<Term> length;          ///< How long it takes, about; nothing when it is not known.

  friend bool operator==(Programme const&, Programme const&) = default;
};

/// One session of a participant.
struct ProgrammeSession {
  Date day;                         ///< The day.
  std::string kind;                 ///< As in the programme.
  Truth attended = Truth::unknown;  ///< Whether the participant was there.

  friend bool operator==(ProgrammeSession const&, ProgrammeSession const&) = default;
};

/// A person in a programme.
struct Enrolment {
  std::string id;                          ///< Identifier, unique in a file.
  std::string programme;                   ///< Code word of the programme.
  Date enrolled;                           ///< When.
  std::vector<ProgrammeSession> sessions;  ///< In any order.
  std::optional<Date> ended;               ///< When people ended it before its last session.
  std::string reason;                      ///< Why; required then.

  friend bool operator==(Enrolment const&, Enrolment const&) = default;
};

/// Where a participant stands.
enum class ProgrammeState : std::uint8_t {
  enrolled,           ///< No session yet.
  running,            ///< Some sessions.
  all_attended,       ///< Every session of the programme was attended.
  session_missed,     ///< A session was missed; whether it can be made up is for people to say.
  ended,              ///< People ended it before its last session.
  cannot_be_said,     ///< Of some session it is not recorded whether the participant was there.
  rule_not_available  ///< No description that may be used says which sessions there are.
};

/// `all_attended`, `rule_not_available`.
[[nodiscard]] TUTELA_API std::string_view to_string(ProgrammeState state) noexcept;

/// How far a kind of session has come.
struct SessionProgress {
  std::string kind;               ///< Code word.
  int attended = 0;               ///< For certain.
  int missed = 0;                 ///< For certain.
  int not_recorded = 0;           ///< Held by that day, and not recorded.
  std::optional<int> required;    ///< How many the programme has; nothing when it is not known.
  std::optional<int> still_owed;  ///< Required and not attended for certain.

  friend bool operator==(SessionProgress const&, SessionProgress const&) = default;
};

/// How far a participant has come on a day. A finding.
struct ProgrammeProgress {
  std::string enrolment;                                      ///< Identifier.
  std::string programme;                                      ///< Code word.
  ProgrammeState state = ProgrammeState::rule_not_available;  ///< Where it stands.
  std::vector<SessionProgress> sessions;                      ///< By kind: those of the programme, then others.
  std::string text;                                           ///< Identifier of the description; empty without one.
  Truth age_fits = Truth::unknown;  ///< Whether the age on the day of the enrolment is one that it is for.
  bool left_out = false;            ///< True when a description is there, and not known well enough to be used.

  friend bool operator==(ProgrammeProgress const&, ProgrammeProgress const&) = default;
};

/// Says how far a participant has come.
///
/// \param enrolment          The participant's sessions. What happens after `on` is not known yet.
/// \param programmes         Descriptions of one country, or of an office.
/// \param on                 The day.
/// \param include_unverified True to use descriptions that may not be used without being asked for.
/// \param born               Day of birth of the participant, where it is known.
/// Linear in sessions and descriptions.
[[nodiscard]] TUTELA_API ProgrammeProgress progress_of(Enrolment const& enrolment,
                                                       std::span<Programme const> programmes, Date on,
                                                       bool include_unverified = false, std::optional<Date> born = {});

}  // namespace tutela::inline v0
