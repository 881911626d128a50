// SPDX-License-Identifier: Apache-2.0
/// \file
/// Cells of CSV text (internal).
#pragma once

#include <string>
#include <string_view>

namespace tutela::detail {

/// Adds one cell as RFC 4180 has it: quoted only where the separator, a quote or a line break asks for it.
inline void add_csv_cell(std::string& text, std::string_view cell, char separator = ',')
{
  if (cell.find(separator) == std::string_view::npos && cell.find_first_of("\"\r\n") == std::string_view::npos) {
    text += cell;
    return;
  }
  text += '"';
  for (char const character : cell) {
    if (character == '"') text += '"';
    text += character;
  }
  text += '"';
}

}  // namespace tutela::detail
