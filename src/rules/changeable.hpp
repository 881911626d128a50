// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a service may say it can change, and what nobody may propose to change (internal).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/diagnostic.hpp>
#include <tutela/facts/schema.hpp>

namespace tutela::detail {

/// True for a category that says that a fact is about violence, however it is written.
[[nodiscard]] bool is_violence(std::string_view category);

/// What is wrong with the marks of a fact as to whether a service can change it; places are for the caller to fill in.
///
/// A changeable fact says how (`tutela:help`), of which kind it is (`kind`) and is neither of a kind that no service
/// changes nor of such a category. A name or label with a word for one of these kinds is a warning.
/// \param kind The attribute as written; empty when it is not there. \param name The name of the fact.
[[nodiscard]] std::vector<Diagnostic> check_changeable(FactDeclaration const& fact, std::string const& kind,
                                                       std::string const& name);

}  // namespace tutela::detail
