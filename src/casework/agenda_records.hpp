// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whether the records of an agenda can be used (internal).
#pragma once

#include <map>
#include <span>
#include <string_view>
#include <vector>

#include <tutela/casework/agenda.hpp>

namespace tutela::detail {

/// Everything that is wrong with the records; `by_id` are the clocks by their identifier.
std::vector<Diagnostic> check_agenda_records(AgendaRecords const& records,
                                             std::map<std::string_view, Clock const*> const& by_id);

}  // namespace tutela::detail
