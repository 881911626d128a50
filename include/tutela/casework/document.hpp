// SPDX-License-Identifier: Apache-2.0
/// \file
/// Papers of a case: which are missing, which run out, and which facts stand without one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>

namespace tutela::inline v0 {

/// A paper in the file of a case. What it says is in the facts; here is only that it is there.
struct Document {
  std::string kind;                 ///< Code word: `medical_certificate`, `birth_certificate`.
  std::string reference;            ///< Number or place in the file; opaque, may be empty.
  std::string issuer;               ///< Who issued it: an agency, or a code word such as `family_doctor`.
  std::optional<Date> issued;       ///< When; nothing when it is not recorded.
  std::optional<Date> valid_until;  ///< Last day on which it counts; nothing when not recorded, or without an end.
  bool without_end = false;         ///< True when it never runs out; `valid_until` is empty then.
  std::vector<std::string> proves;  ///< Names of the facts that it proves: `child.birth_date`.

  friend bool operator==(Document const&, Document const&) = default;
};

/// Where a kind of paper stands on a day.
enum class PaperState : std::uint8_t {
  missing,           ///< There is none, or none that was issued by that day.
  expired,           ///< All that there are have run out.
  validity_unknown,  ///< There is one, and it is not recorded when it was issued or until when it counts.
  expiring,          ///< It counts, and runs out within the next days.
  valid              ///< It counts.
};

/// `missing`, `validity_unknown`.
[[nodiscard]] TUTELA_API std::string_view to_string(PaperState state) noexcept;

/// One kind of paper that is needed.
struct PaperStatus {
  std::string kind;                        ///< Code word.
  PaperState state = PaperState::missing;  ///< Where it stands, by the best paper of the kind.
  std::optional<Date> until;               ///< Last day on which the best one counts, where it is known.

  friend bool operator==(PaperStatus const&, PaperStatus const&) = default;
};

/// What the papers of a case say on a day. Apart from the facts: a fact may be known without a paper, and a paper may be
/// missing for what is known.
struct PaperReview {
  std::vector<PaperStatus> papers;  ///< Each kind that is needed, in the order in which it was asked for.
  std::vector<std::string>
      unproved;  ///< Facts that no paper proves that counts for certain on that day, in their order.

  friend bool operator==(PaperReview const&, PaperReview const&) = default;
};

/// Looks at the papers of a case.
///
/// \param documents Papers in the file.
/// \param needed    Kinds of paper that are needed.
/// \param facts     Names of the known facts that must be proved.
/// \param on        The day.
/// \param days      A paper that counts for at most so many days more is expiring.
///
/// Of several papers of a kind the best one counts: one that counts longest, else one of which it is not known, else the one
/// that ran out last. A paper that was issued later is not there yet. Linear in papers times kinds and facts.
[[nodiscard]] TUTELA_API PaperReview review_papers(std::span<Document const> documents,
                                                   std::span<std::string const> needed,
                                                   std::span<std::string const> facts, Date on, int days = 30);

}  // namespace tutela::inline v0
