// SPDX-License-Identifier: Apache-2.0
/// \file
/// Deciding exactly what missing facts can still change (internal).
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/facts/value.hpp>

#include "rules/case_facts.hpp"

namespace tutela::detail {

/// What is said about all completions of some domains of the facts at once.
struct Part {
  Value value;                 ///< What the decision comes to.
  Truth allowed = Truth::yes;  ///< Whether the constraints of the pack hold; `no` where no completion obeys them.
  std::vector<Value> undecided = {};  ///< Values of the constraints that are open.
};

/// Evaluates a decision with some facts replaced by narrower values; nothing when no more work may be spent.
using Reevaluate = std::function<std::optional<Part>(std::map<std::string, Value> const& replaced)>;

/// How the answer of a decision follows from the parts of the missing facts: a graph of cuts with answers at its ends.
///
/// What asks for facts, or looks for changes, walks this graph instead of evaluating the decision again.
struct CompletionGraph {
  /// A missing fact and its domain, cut into parts in order.
  struct Fact {
    std::string name;
    std::vector<Value> parts;  ///< Constants, or unknowns that range over an interval.
    bool intervals = false;    ///< True when neighbours can be joined into one interval.
    bool none_first = false;   ///< True when the first part is "there is none".
  };
  /// An answer, or a cut of one fact; equal nodes are one node, and a cut between equal halves is none.
  struct Node {
    bool leaf = true;
    Value value;
    std::size_t fact = 0;
    std::size_t cut = 0;  ///< Parts below go to `first`, the others to `second`.
    std::size_t first = 0;
    std::size_t second = 0;
  };
  std::vector<Fact> facts;
  std::vector<Node> nodes;
  std::size_t root = 0;
};

/// What a decision can come to, over all completions of the missing facts.
struct Completions {
  std::vector<Value> possible;     ///< Every answer that some completion gives; errors among them.
  std::vector<std::string> facts;  ///< Facts on which the answer depends; sorted.
  /// What is known where parts stay open although they cannot be cut further, or no more work may be spent. Empty when
  /// `possible` is exact.
  std::vector<Value> unresolved;
  bool contradiction = false;  ///< True when no completion obeys the constraints.
  CompletionGraph graph;       ///< Which part of which fact leads to which answer.
};

/// Splits the domains of the missing facts until every part has one answer.
///
/// The domains are cut where the rules have constants. A part is decided only when the sound evaluation of the whole
/// part gives one answer, so the cuts decide how much is found out, never whether it is true.
///
/// \param whole     What the evaluation with nothing replaced gave.
/// \param open      The open facts.
/// \param constants Constants that the rules mention.
/// \param on        The day asked about; ages are counted from it.
/// \param most      Evaluations that may be spent.
Completions explore_completions(Part const& whole, std::vector<OpenFact> const& open,
                                std::vector<Value> const& constants, std::optional<Date> on, std::size_t most,
                                Reevaluate const& reevaluate);

}  // namespace tutela::detail
