// SPDX-License-Identifier: Apache-2.0
/// \file
/// Cells of other systems as values (internal).
#pragma once

#include <optional>
#include <string_view>

#include <tutela/base/date.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/io/mapping.hpp>

namespace tutela::detail {

/// True for the form of a date: a year of four digits, a month and a day, each once.
[[nodiscard]] bool is_date_form(std::string_view form) noexcept;

/// The day that a cell names in a form, or nothing. \param form One for which `is_date_form` is true.
[[nodiscard]] std::optional<Date> date_in_form(std::string_view cell, std::string_view form) noexcept;

/// The number that a cell names with the marks of its column, or nothing. Groups have three digits.
[[nodiscard]] std::optional<Decimal> number_with_marks(std::string_view cell, ColumnMapping const& column);

}  // namespace tutela::detail
