// SPDX-License-Identifier: Apache-2.0
/// \file
/// What other rooms of the Python module need of referrals (internal to the Python module).
#pragma once

#include <vector>

#include "conversion.hpp"

#include <tutela/model/basis.hpp>

namespace tutela::python {

/// A tuple of `tutela.values.DutyToReport`.
py::tuple duties_to_python(std::vector<DutyToReport> const& duties);

}  // namespace tutela::python
