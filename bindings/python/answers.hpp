// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the Python classes hold beside the plain C++ values (internal to the Python module).
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pybind.hpp"

#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/engine/assess.hpp>
#include <tutela/engine/assessment.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/referral/route.hpp>
#include <tutela/risk/instrument.hpp>
#include <tutela/risk/score.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/verdict.hpp>

namespace tutela::python {

/// A thing that was loaded, with what somebody should look at.
template <class T>
struct Loaded {
  T value;
  std::vector<Diagnostic> warnings;

  explicit Loaded(std::pair<T, std::vector<Diagnostic>> loaded)
      : value(std::move(loaded.first)), warnings(std::move(loaded.second))
  {
  }
};

using LoadedPack = Loaded<Pack>;
using LoadedInstrument = Loaded<Instrument>;
using LoadedNetwork = Loaded<Network>;

/// Adds `ask`, `timeline` and `counterfactual` to a pack, and the class `Interview`.
void bind_interview(pybind11::module_& module, pybind11::class_<LoadedPack>& pack);

/// Adds `decide_batch` to a pack, and the class `BatchAnswers`.
void bind_batch(pybind11::module_& module, pybind11::class_<LoadedPack>& pack);

/// Adds `decision` and `row` to a pack, and the classes `Decision` and `Row`.
void bind_rows(pybind11::module_& module, pybind11::class_<LoadedPack>& pack);

/// Adds `compare_batch` and the class `BatchComparison`.
void bind_comparison(pybind11::module_& module);

/// Warns of decisions that none of the packs has: they are not available, whatever the facts are.
void warn_of_unknown(std::vector<std::string> const& decisions, std::initializer_list<Pack const*> packs);

/// Names of decisions that are asked for, with that warning.
std::vector<std::string> to_decisions(pybind11::handle decisions, std::initializer_list<Pack const*> packs);

/// `practice` or `research`. \throws ContractViolation for anything else.
ScorePurpose to_purpose(std::string const& purpose);

/// What a pack was asked, so that a verdict can be proved and explained later.
struct AskedQuestion {
  Pack pack;
  Record facts;
  std::optional<Date> on;
  DecideOptions options;
};

/// A verdict with what was asked.
struct PackVerdict {
  Verdict verdict;
  std::shared_ptr<AskedQuestion const> asked;
};

/// The verdicts of one question by name of the decision, in the order of the pack.
struct Verdicts {
  std::vector<std::shared_ptr<PackVerdict const>> items;
};

/// An answer of the router with the network that it speaks about.
struct NetworkRoute {
  RouteAnswer answer;
  Network network;
};

/// An assessment with what it was made from, so that its parts can explain themselves.
struct KnownAssessment {
  Assessment assessment;
  std::shared_ptr<Knowledge const> knowledge;
  Record facts;
  DecideOptions options;  ///< As packs were asked.
};

}  // namespace tutela::python
