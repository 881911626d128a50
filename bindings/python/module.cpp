// SPDX-License-Identifier: Apache-2.0
/// \file
/// The Python module `tutela._core`.

#include "conversion.hpp"
#include "disclosure.hpp"
#include "mapping.hpp"

#include <tutela/base/config.hpp>

#if PYBIND11_VERSION_HEX >= 0x020D0000
PYBIND11_MODULE(_core, module, pybind11::mod_gil_not_used())
#else
PYBIND11_MODULE(_core, module)
#endif
{
  module.doc() = "The compiled part of tutela: rules, risk, referral and assessments.";
  module.attr("__version__") = std::to_string(TUTELA_VERSION_MAJOR) + "." + std::to_string(TUTELA_VERSION_MINOR) + "." +
                               std::to_string(TUTELA_VERSION_PATCH);
  tutela::python::translate_exceptions();
  tutela::python::bind_feel(module);
  tutela::python::bind_rules(module);
  tutela::python::bind_risk(module);
  tutela::python::bind_overrides(module);
  tutela::python::bind_score_columns(module);
  tutela::python::bind_validation(module);
  tutela::python::bind_local_norms(module);
  tutela::python::bind_referral(module);
  tutela::python::bind_engine(module);
  tutela::python::bind_casework(module);
  tutela::python::bind_records(module);
  tutela::python::bind_supervision(module);
  tutela::python::bind_disclosure(module);
  tutela::python::bind_mapping(module);
  tutela::python::bind_field_words(module);
  tutela::python::hide_values();
}
