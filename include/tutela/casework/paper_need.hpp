// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which papers a question of the law asks for, and how they stand for a case.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/calendar/term.hpp>
#include <tutela/casework/document.hpp>
#include <tutela/casework/law_text.hpp>

namespace tutela::inline v0 {

/// The papers that a text asks for.
struct PaperNeed {
  LawText text;                    ///< Where it is written.
  std::string decision;            ///< The decision of a pack that they are for: `crisis_placement_section`.
  std::vector<std::string> kinds;  ///< Code words, in the order of the text.
  bool complete = true;            ///< False when the text as seen names further papers that were not visible.
  std::vector<std::pair<std::string, Term>>
      count_for;  ///< How long a kind counts after it was issued, where the text says.

  friend bool operator==(PaperNeed const&, PaperNeed const&) = default;
};

/// The papers of one country.
struct PaperLaw {
  std::string jurisdiction;      ///< ISO 3166 code.
  std::vector<PaperNeed> needs;  ///< By text.

  friend bool operator==(PaperLaw const&, PaperLaw const&) = default;
};

/// How the papers of a case stand to a question. Apart from the verdict: a missing paper is neither a missing fact nor a *no*.
struct NeededPapers {
  std::string decision;            ///< The decision asked about.
  PaperReview review;              ///< Which papers are missing, have run out, run out soon; which facts stand alone.
  bool complete = false;           ///< False when the list of papers is not known whole: more may be asked for.
  bool rule_not_available = true;  ///< No text in force that may be used says which papers are needed.
  std::vector<std::string> texts;  ///< Identifiers of the texts that were used.
  std::vector<std::string> left_out;  ///< Texts that are not known well enough to be used.

  friend bool operator==(NeededPapers const&, NeededPapers const&) = default;
};

/// What is asked about papers.
struct PaperQuestion {
  std::string decision;             ///< The decision that they are for.
  std::vector<std::string> facts;   ///< Names of the known facts that must be proved.
  Date on;                          ///< The day.
  int days = 30;                    ///< A paper that counts for at most so many days more is expiring.
  bool include_unverified = false;  ///< True to use texts that may not be used without being asked for.
};

/// Looks at the papers of a case for one question.
///
/// Where a text says how long a kind counts, a paper with a day of issue and without a recorded end counts for that long;
/// an end that is recorded and earlier stays. Linear in papers times needs.
[[nodiscard]] TUTELA_API NeededPapers needed_papers(std::span<Document const> documents,
                                                    std::span<PaperNeed const> needs, PaperQuestion const& question);

}  // namespace tutela::inline v0
