// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading and writing what an agenda is made from, and agendas as JSON and as text for people.
#pragma once

#include <string>
#include <string_view>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>
#include <tutela/casework/agenda.hpp>

namespace tutela::inline v0 {

/// Reads records from JSON text in the format `tutela-agenda/1`.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<AgendaRecords> parse_agenda_records(std::string_view json, std::string const& file = {},
                                                                    Limits const& limits = {});

/// The same from a file; `-` is standard input.
[[nodiscard]] TUTELA_API Result<AgendaRecords> load_agenda_records(std::string const& path, Limits const& limits = {});

/// The records as JSON text in the format `tutela-agenda/1`; reading it again gives the same records.
/// \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_agenda_records(AgendaRecords const& records, int indent = 0);

/// An agenda as JSON text, with all languages of its texts.
/// \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_agenda(Agenda const& agenda, int indent = 0);

/// A plan as it stands on a day, as JSON text: its people with the statuses they have, the coordinator, the team, each measure
/// with what became of it, and how many of each kind there are and are done.
/// \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_joint_plan(JointPlan const& plan, Date on, int indent = 0);

/// An agenda as plain text for people: by agency and person, then the review, the priorities and what was left out.
[[nodiscard]] TUTELA_API std::string agenda_text(Agenda const& agenda, Language language = Language::en);

}  // namespace tutela::inline v0
