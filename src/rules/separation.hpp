// SPDX-License-Identifier: Apache-2.0
/// \file
/// On what no decision may rest that can separate a child from the family (internal).
///
/// Poverty, disability, ethnicity and what stands for them never separate a child from the family, alone or together.
/// Material neglect does so only where it is on record that help was offered and refused, or failed.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rules/case_facts.hpp"
#include "rules/pack_impl.hpp"

namespace tutela::detail {

/// The protected facts, and their proxies, that a decision may read; sorted.
std::vector<std::string> protected_facts(PackImpl const& pack, std::size_t decision);

/// The facts that a decision may read and that can state material neglect; sorted.
std::vector<std::string> neglect_facts(PackImpl const& pack, std::size_t decision);

/// The facts of the pack that record whether help was offered and refused, or failed; sorted.
std::vector<std::string> help_facts(PackImpl const& pack);

/// Whether a value passes the unary tests of a declaration.
Truth passes(std::string const& tests, Value const& value, std::optional<Date> on);

/// True when a fact that the decision may read states material neglect, and no fact on record says that help was
/// offered and refused, or failed. What is not known records nothing.
bool neglect_without_help(PackImpl const& pack, std::size_t decision, CaseFacts& facts);

/// For each decision of the pack, the decisions at or below it that can separate a child from the family and may read
/// a fact on which that must not rest.
std::vector<std::vector<std::size_t>> guarded_separations(PackImpl const& pack);

}  // namespace tutela::detail
