// SPDX-License-Identifier: Apache-2.0
/// \file
/// The fields that the elements of a list are read from (internal).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "columns/fact_lane.hpp"
#include "rules/model.hpp"

namespace tutela::detail {

/// Why a column, or the field of an element, does not fit what is declared: its name and the reason.
using ElementMismatch = std::pair<std::string, std::string>;

/// Finds the fields of a list column that its fact is read from, at every depth. Fields that the declaration does not name
/// are not read; components without a field are unknown in every element.
///
/// \param column Its column is a list; its fields are filled in.
/// \param type   The declared type of the list, \param item and its item definition, if any.
/// \return Everything that does not fit.
std::vector<ElementMismatch> match_elements(FactColumn& column, Type const& type,
                                            std::shared_ptr<ItemType const> const& item);

/// Why doubles of a column are not read; empty where they are, and for other columns.
std::string refused_doubles(FactColumn const& column);

/// True where the fact of that dotted name is read from a field of a list column. \param column A list column.
bool holds_component(FactColumn const& column, std::string const& fact);

}  // namespace tutela::detail
