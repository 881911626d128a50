// SPDX-License-Identifier: Apache-2.0
/// \file
/// Who agreed that which data are told to whom, for what, and until when.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/model/case.hpp>
#include <tutela/model/identity.hpp>

namespace tutela::inline v0 {

/// One answer of one person about one category of data.
struct ConsentRecord {
  DataCategory category;                          ///< The data it is about.
  ConsentAnswer answer = ConsentAnswer::unknown;  ///< What was answered.
  std::string given_by;                           ///< Who answered, as a role: `child`, `parent`, `guardian`.
  std::vector<Subject> about{Subject::person, Subject::family};  ///< Whose data; nobody consents for others.
  std::vector<Purpose> purposes;                                 ///< For what; for any purpose when empty.
  std::vector<NodeId> to;                                        ///< To whom; to anybody when empty.
  Period valid;                                                  ///< Days on which the answer holds: until when.

  friend bool operator==(ConsentRecord const&, ConsentRecord const&) = default;
};

/// The answers that a case holds; they have no end, no purpose and no recipient. Linear.
[[nodiscard]] TUTELA_API std::vector<ConsentRecord> consents_of(Case const& item);

/// What consent is asked for.
struct ConsentNeed {
  DataCategory category;              ///< The data.
  Subject about = Subject::unstated;  ///< Whose data; `unstated` is somebody else's.
  Purpose purpose;                    ///< For what.
  NodeId to;                          ///< To whom.
  Date on;                            ///< The day.
};

/// Whether there is consent on a day: `no` when any answer that holds refuses, `yes` when one is given and none refuses,
/// else `unknown`. An answer of yesterday that ended yesterday is no answer. Linear in the answers.
[[nodiscard]] TUTELA_API Truth consent_on(std::span<ConsentRecord const> consents, ConsentNeed const& need) noexcept;

}  // namespace tutela::inline v0
