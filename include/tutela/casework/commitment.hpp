// SPDX-License-Identifier: Apache-2.0
/// \file
/// What agencies promise each other in meetings.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/calendar/term.hpp>
#include <tutela/model/identity.hpp>

namespace tutela::inline v0 {

/// Who acts: an agency, and inside it one person by the role that the person has there. Never a name.
struct Owner {
  AgencyId agency;   ///< Agency or unit.
  std::string role;  ///< Code word: `coordinator`, `probation_counsellor`; empty for the agency as a whole.

  friend bool operator==(Owner const&, Owner const&) = default;
  friend auto operator<=>(Owner const&, Owner const&) = default;
};

/// A promise made in a meeting (ro: angajament asumat).
struct Commitment {
  std::string id;                 ///< Identifier, unique in a file.
  Text what;                      ///< What was promised.
  Owner owner;                    ///< Who promised.
  std::string meeting;            ///< Reference of the meeting; may be empty.
  Date promised;                  ///< When.
  std::optional<Date> due;        ///< Last day; nothing when none was agreed.
  std::optional<Date> done;       ///< When it was done.
  std::optional<Date> withdrawn;  ///< When it was withdrawn; never beside `done`.
  std::string reason;             ///< Why it was withdrawn; required then.
  SourceId source;                ///< Where this was published; empty in synthetic records.

  friend bool operator==(Commitment const&, Commitment const&) = default;
};

/// A regular exchange of information between agencies that work with the same children or families.
struct Exchange {
  std::string id;                   ///< Identifier, unique in a file.
  Text what;                        ///< What is exchanged.
  Owner owner;                      ///< Who calls it.
  std::vector<AgencyId> with;       ///< Who else takes part.
  std::vector<Purpose> purposes;    ///< What it is for; nothing else may be shared in it.
  Term every{1, TermUnit::months};  ///< How often: days, months or years.
  Date agreed;                      ///< When it was agreed; the first one is due a term later.
  std::vector<Date> held;           ///< When it took place, in rising order.
  SourceId source;                  ///< Where this was published; empty in synthetic records.

  friend bool operator==(Exchange const&, Exchange const&) = default;
};

/// A priority task of a month.
struct Priority {
  std::string id;            ///< Identifier, unique in a file.
  Text what;                 ///< What is to be reached.
  Owner owner;               ///< Who answers for it; the agency may be empty when nobody was named.
  std::int32_t year = 1970;  ///< Year.
  std::uint8_t month = 1;    ///< Month, 1 to 12.
  std::optional<Date> done;  ///< When it was reached.
  SourceId source;           ///< Where this was published; empty in synthetic records.

  friend bool operator==(Priority const&, Priority const&) = default;
};

}  // namespace tutela::inline v0
