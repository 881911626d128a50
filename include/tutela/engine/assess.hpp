// SPDX-License-Identifier: Apache-2.0
/// \file
/// Law, scale and network together on one case or on many.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/engine/assessment.hpp>
#include <tutela/model/case.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/risk/instrument.hpp>
#include <tutela/rules/pack.hpp>

namespace tutela::inline v0 {

/// What cases are assessed with. Cheap to copy: the parts share their content.
struct Knowledge {
  std::vector<Network> networks;  ///< A case is served by the first one that has the agency or unit holding it.
  std::vector<Pack> packs;        ///< A case is judged by those of its own legal order, never by another country's.
  std::vector<Instrument> instruments;  ///< Scales; used on probation cases only, for research.
};

/// How to assess.
struct AssessOptions {
  std::optional<Date> law_on;       ///< Day whose text of the law is applied; the day asked about when left out.
  std::optional<Date> known_on;     ///< Only facts recorded by this day count; all when left out.
  bool include_unverified = false;  ///< Also run rules that are graded C, D or unverified.
  std::int32_t fresh_days = 7;      ///< Free places seen more days ago than this count as unknown. 0 or more.
  /// Names under which records hold the birth date; the first that a record has is used for published age ranges.
  std::vector<std::string> birth_date_facts{"person.birth_date", "child.birth_date"};
  /// Names under which records hold the sex; likewise.
  std::vector<std::string> sex_facts{"person.sex", "child.sex"};
  /// Names under which records hold the codes of the areas the person lives in, as a text or a list of texts; likewise.
  std::vector<std::string> area_facts{"person.area_codes", "child.area_codes"};
  std::size_t threads = 1;  ///< Threads to work on; 0 takes one for each processor. The result is the same.
  /// Called with the number of cases done so far, from one thread at a time; may be empty. Must not throw.
  std::function<void(std::size_t done)> progress;
  Limits limits;  ///< Bounds of the work on one decision or score.
};

/// Assesses one case.
///
/// A pure function: no clock, no state. Safe to call from several threads at once. Decisions that read data of the
/// category `offence` are asked on probation cases only, and a fact of the category `violence` is never for the child.
/// \param knowledge Law, scales and networks.
/// \param item      The case.
/// \param on        The day the question is asked for.
/// \param options   How to assess.
/// \throws ContractViolation when `options.fresh_days` is negative.
/// \complexity Linear in decisions, instruments and needs; a path costs what `find_route` says.
[[nodiscard]] TUTELA_API Assessment assess(Knowledge const& knowledge, Case const& item, Date on,
                                           AssessOptions const& options = {});

/// Assesses many cases; the results stand in the order of the cases. Otherwise as for one case.
[[nodiscard]] TUTELA_API std::vector<Assessment> assess(Knowledge const& knowledge, std::vector<Case> const& cases,
                                                        Date on, AssessOptions const& options = {});

}  // namespace tutela::inline v0
