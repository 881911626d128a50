// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tables of other systems and the words of the field in the Python module (internal to it).
#pragma once

#include "pybind.hpp"

namespace tutela::python {

/// Adds the class `Mapping`, `load_mapping` and `parse_mapping`.
void bind_mapping(pybind11::module_& module);

/// Adds `load_field_words`, `parse_field_words` and `find_field_word`.
void bind_field_words(pybind11::module_& module);

}  // namespace tutela::python
