// SPDX-License-Identifier: Apache-2.0
/// \file
/// Columns that come from Python as buffers (internal to the Python module).
#pragma once

#include <deque>
#include <span>
#include <string>

#include "conversion.hpp"

namespace tutela::python {

/// Buffers that live as long as somebody points into them.
class Buffers {
 public:
  /// \throws ContractViolation for a buffer of another type or shape.
  template <class T>
  std::span<T const> view(py::handle column, std::string const& name)
  {
    if (column.is_none()) return {};
    kept_.push_back(py::cast<py::buffer>(column).request());
    auto const& info = kept_.back();
    bool const fits = info.ndim == 1 && info.itemsize == static_cast<py::ssize_t>(sizeof(T)) &&
                      (info.size == 0 || info.strides[0] == info.itemsize) &&
                      info.format == py::format_descriptor<T>::format();
    if (!fits) throw ContractViolation("the column \"" + name + "\" has the wrong type");
    return {static_cast<T const*>(info.ptr), static_cast<std::size_t>(info.size)};
  }

  /// A sequence, array or series of numbers, or of 0 and 1, by way of `tutela.validation`.
  template <class T>
  std::span<T const> read(py::handle values, std::string const& name)
  {
    constexpr auto way = std::is_same_v<T, double> ? "_doubles" : std::is_same_v<T, std::uint8_t> ? "_flags" : "_whole";
    return view<T>(py::module_::import("tutela.validation").attr(way)(values), name);
  }

 private:
  std::deque<py::buffer_info> kept_;
};

}  // namespace tutela::python
