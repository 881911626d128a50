// SPDX-License-Identifier: Apache-2.0
/// \file
/// A report for people: one HTML file that needs nothing else.
#pragma once

#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/text.hpp>
#include <tutela/engine/assess.hpp>
#include <tutela/engine/assessment.hpp>
#include <tutela/model/case.hpp>

namespace tutela::inline v0 {

/// How a report is written.
struct ReportOptions {
  Language language = Language::en;      ///< Language of all words; facts and acts fall back to what their files offer.
  std::vector<std::string> networks;     ///< Names of the files, for the code that a reader can repeat the run with.
  std::vector<std::string> packs;        ///< Names of the packs, likewise.
  std::vector<std::string> instruments;  ///< Names of the instruments, likewise.
  std::string cases;                     ///< Name of the file of cases, likewise.
};

/// Writes the report: five sections, one for each kind of reader.
///
/// *My cases* (one family at a time), *Probation* (one person at a time), *Directorate* (services, published figures,
/// network), *Data* (all cases), *Integrator* (one case as JSON and the code that produced it). The file loads nothing
/// from elsewhere, is readable without JavaScript, on a phone, on paper and by a screen reader; every printed page of
/// made-up data says so. A place of a service is shown only as far as `Network::disclosure_of` allows.
/// \param knowledge   What the cases were assessed with.
/// \param cases       The cases; the same number and order as `assessments`.
/// \param assessments What was found.
/// \param options     How it is written.
/// \return UTF-8 text of the HTML file. The same input gives the same bytes.
/// \throws ContractViolation when cases and assessments do not belong together.
[[nodiscard]] TUTELA_API std::string write_report(Knowledge const& knowledge, std::vector<Case> const& cases,
                                                  std::vector<Assessment> const& assessments,
                                                  ReportOptions const& options);

/// The language that most people served by these packs read: Romanian for MD and RO, Ukrainian for UA, else English.
/// \param jurisdictions ISO 3166 codes; the first that is known decides.
[[nodiscard]] TUTELA_API Language report_language(std::vector<std::string> const& jurisdictions) noexcept;

}  // namespace tutela::inline v0
