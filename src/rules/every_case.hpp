// SPDX-License-Identifier: Apache-2.0
/// \file
/// What decisions answer in every case there can be, on one day (internal).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/facts/record.hpp>

#include "rules/diagram_operation.hpp"
#include "rules/joint_regions.hpp"
#include "rules/pack_impl.hpp"

namespace tutela::detail {

/// A decision whose answers in every case are wanted.
struct AskedDecision {
  PackImpl const* pack = nullptr;
  std::size_t decision = 0;
  Record facts = {};  ///< What is known of every case: the facts that not all values are wanted of.
  std::map<std::string, std::string> names = {};  ///< Facts that go by another name in the result.
};

/// The answers of one decision, case by case.
struct CaseAnswers {
  RegionDiagrams::Id rules = RegionDiagrams::none;    ///< What the rules answer.
  RegionDiagrams::Id apart = RegionDiagrams::none;    ///< The same with the refusals that protected facts lead to.
  RegionDiagrams::Id answers = RegionDiagrams::none;  ///< The same with all refusals.
};

/// The answers of decisions over common regions of all facts.
struct EveryCase {
  std::vector<JointFact> facts;
  RegionDiagrams diagrams{{}};
  std::vector<Value> values;           ///< Answers by number. A fault stands for every answer that is none.
  std::uint32_t refused = 0;           ///< Number of the answer "refused".
  std::uint32_t no_case = 0;           ///< Number where facts contradict each other, so that there is no such case.
  std::vector<CaseAnswers> decisions;  ///< As asked. `none` where the diagrams grew too large.
  bool exact = true;                   ///< False where some cases could not be told apart; see `is_open`.

  /// True for an answer that was not found out.
  [[nodiscard]] bool is_open(RegionDiagrams::Id id) const;
  /// True for a definite answer of the rules, and for none.
  [[nodiscard]] bool is_known(RegionDiagrams::Id id) const;

  /// The facts of a case on a way, in the order of the model; facts that nothing asks for are left out.
  [[nodiscard]] std::vector<std::pair<std::string, Value>> case_on(RegionPath const& path) const;
};

/// How every case is looked at.
struct EveryCaseOptions {
  std::optional<Date> on;
  bool include_unverified = false;
  Limits limits;
};

/// Works out the answers of some decisions, of one pack or of several, in every case.
///
/// The domains of all facts are cut by the rules as for a case of which nothing is known; the parts of all decisions
/// are then put over common regions. At most `Limits::completions` evaluations for each decision.
EveryCase every_case(std::vector<AskedDecision> const& asked, EveryCaseOptions const& options);

}  // namespace tutela::detail
