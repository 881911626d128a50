// SPDX-License-Identifier: Apache-2.0
/// \file
/// Disclosure in the Python module (internal to it).
#pragma once

#include "pybind.hpp"

namespace tutela::python {

/// Adds what may be told, pseudonyms, kept records and checks of exports.
void bind_disclosure(pybind11::module_& module);

}  // namespace tutela::python
