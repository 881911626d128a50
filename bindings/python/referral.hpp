// SPDX-License-Identifier: Apache-2.0
/// \file
/// What other rooms of the Python module need of referrals (internal to the Python module).
#pragma once

#include <optional>
#include <vector>

#include "answers.hpp"
#include "conversion.hpp"

#include <tutela/model/basis.hpp>
#include <tutela/model/case.hpp>
#include <tutela/referral/route.hpp>

namespace tutela::python {

/// A tuple of `tutela.values.DutyToReport`.
py::tuple duties_to_python(std::vector<DutyToReport> const& duties);

/// Categories of data as texts, or as a mapping to the person's consent.
std::vector<DataNeed> to_data(py::handle data);

/// Acts in the file: words for who issued them, or mappings.
std::vector<HeldAct> to_acts(py::handle acts);

/// `female`, `male` or None.
std::optional<Sex> to_sex(py::handle sex);

/// A day that must be there. \throws ContractViolation for None.
Date required_day(py::handle on);

/// Adds `allocate`, `what_if`, `what_if_each_closes`, `reach` to a network, and the class `ReachTable`.
void bind_allocation(py::module_& module, py::class_<LoadedNetwork>& network);

/// Adds exchange formats to a network, and logs and records of referrals.
void bind_exchange(py::module_& module, py::class_<LoadedNetwork>& network);

}  // namespace tutela::python
