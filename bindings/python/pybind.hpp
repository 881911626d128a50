// SPDX-License-Identifier: Apache-2.0
/// \file
/// pybind11 as this module uses it (internal to the Python module).
#pragma once

#include <pybind11/detail/common.h>

namespace tutela::python {

/// What is written of a value into a message or a signature: its text while the module is made, when the values are defaults
/// of arguments, and afterwards its type alone, because it may be the facts of a person.
/// \return A new reference, or null with a Python error set.
PyObject* shown(PyObject* value);

/// From now on values are shown by their types.
void hide_values() noexcept;

}  // namespace tutela::python

// pybind11 has no setting for this: of a call that fits no signature it writes all arguments into the TypeError.
#define PyObject_Repr ::tutela::python::shown
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#undef PyObject_Repr
