// SPDX-License-Identifier: Apache-2.0
/// \file
/// Names of facts inside lists (internal).
#pragma once

#include <string_view>

#include <tutela/facts/schema.hpp>

namespace tutela::detail {

/// The list whose elements the fact of that name is part of, where the name says no element: `children` for
/// `children.age`, nothing for `children[1].age`.
FactDeclaration const* list_around(Schema const& schema, std::string_view name);

}  // namespace tutela::detail
