// SPDX-License-Identifier: Apache-2.0
/// \file
/// Drafts of papers for people to finish: filled from a case and a verdict, with a marked blank for all that is not known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/casework/paper_need.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/model/case.hpp>
#include <tutela/rules/verdict.hpp>

namespace tutela::inline v0 {

/// What a draft is for.
enum class DraftKind : std::uint8_t {
  application,         ///< A person applies for a service (ro: cerere).
  request,             ///< An authority requests (ro: demers; uk: подання).
  opinion_request,     ///< An authority asks a commission for its opinion (ro: solicitarea avizului).
  individual_plan,     ///< The individual plan of a child.
  presentence_outline  ///< The outline of a presentence report. Its conclusions are blanks, never computed.
};

/// The word used in files: `opinion_request`.
[[nodiscard]] TUTELA_API std::string_view to_string(DraftKind kind) noexcept;

/// The value that a word of files names, or nothing.
[[nodiscard]] TUTELA_API std::optional<DraftKind> parse_draft_kind(std::string_view word) noexcept;

/// One line of a draft.
struct DraftLine {
  std::string key;    ///< Name of the line: `addressee`, or the name of a fact.
  std::string label;  ///< What is asked, for people.
  std::string value;  ///< What is known; empty for a blank.

  friend bool operator==(DraftLine const&, DraftLine const&) = default;
};

/// One part of a draft.
struct DraftPart {
  std::string heading;           ///< Heading, for people.
  std::vector<DraftLine> lines;  ///< Its lines; a line without a label is a sentence.

  friend bool operator==(DraftPart const&, DraftPart const&) = default;
};

/// A draft: never signed, never sent by the library, and to be edited by people.
struct Draft {
  DraftKind kind = DraftKind::application;  ///< What it is for.
  Language language = Language::en;         ///< Its language.
  std::string title;                        ///< Title.
  std::string warning;                      ///< That it is a draft, and that every blank is to be filled by people.
  std::string blank;                        ///< How a blank is marked.
  std::vector<DraftPart> parts;             ///< Its parts.

  /// How many lines are blank. Linear.
  [[nodiscard]] TUTELA_API std::size_t blanks() const noexcept;

  friend bool operator==(Draft const&, Draft const&) = default;
};

/// What a draft is made from. Everything but the case may be missing.
struct DraftMaterial {
  Case const* item = nullptr;        ///< The case.
  Verdict const* verdict = nullptr;  ///< The finding it rests on.
  Schema const* schema = nullptr;    ///< Names for people of the facts.
  std::vector<std::string> facts;    ///< Names of the facts that are shown, known or not; see `DecisionInfo::facts`.
  NeededPapers const* papers = nullptr;  ///< How the papers stand.
  std::optional<Date> on;                ///< The day for which facts are taken; facts without a day when left out.
  /// Lines that the office fills in itself, by key: `addressee`, `applicant`.
  std::map<std::string, std::string> values;
};

/// Makes a draft.
///
/// \param kind     What it is for.
/// \param material What is known. Only what is known is written; a fact that is not known, or on which sources disagree, is a
///                 blank. A fact of which there is none, or that cannot be known, says so.
/// \param language Language of the words; names of facts and decisions fall back to what the pack offers.
/// \throws ContractViolation without a case; for a value of a line that the draft does not have, or of one that nobody may
///         fill in but the person who signs: place and date, and the signature.
/// It holds data of the case: it is for the office that holds it.
[[nodiscard]] TUTELA_API Draft make_draft(DraftKind kind, DraftMaterial const& material,
                                          Language language = Language::en);

/// The draft as Markdown, for an editor of texts.
[[nodiscard]] TUTELA_API std::string draft_markdown(Draft const& draft);

/// The draft as JSON text. A blank is null. \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_draft(Draft const& draft, int indent = 0);

}  // namespace tutela::inline v0
