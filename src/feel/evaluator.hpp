// SPDX-License-Identifier: Apache-2.0
/// \file
/// The executor of one expression on one case.
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "feel/operations.hpp"
#include "feel/program.hpp"
#include "feel/site.hpp"

namespace tutela::detail {

/// Walks the tree of a program. One object for one call: it holds the frame of local values.
class Evaluator {
 public:
  Evaluator(Program const& program, std::span<Value const> slots, std::span<Value> frame,
            std::span<Value const> captures, Evaluation& evaluation)
      : program_(program), slots_(slots), frame_(frame), captures_(captures), evaluation_(evaluation)
  {
  }

  [[nodiscard]] Value value(NodeId id);

  /// Tests `input` with the unary tests at the root of the program.
  [[nodiscard]] Value test(Value const& input);

 private:
  // What a `for` has made so far.
  struct Results {
    std::vector<Value> items;
    std::uint64_t parts = 0;
  };

  // What one iteration variable runs over: the elements of a list, or steps of one from a number or date.
  struct Run {
    std::vector<Value> items;
    bool complete = true;
    std::shared_ptr<Value const> further;  // as in `List`
    std::vector<std::string> facts;        // that would close an open list
    Value first;
    std::uint64_t count = 0;
    bool descending = false;
  };

  [[nodiscard]] Site site(Node const& node) const { return Site{evaluation_, &program_, node.offset}; }

  // The value of a node without a copy where it is kept somewhere.
  Value const& view(NodeId id, Value& scratch);

  Value compute(Node const& node);
  Value slot(Node const& node);
  Value kept(Node const& node, Value const& value) const;
  Value item_entry(Node const& node);
  Value list(Node const& node);
  Value context(Node const& node);
  Value range(Node const& node, bool may_descend = false);
  Value range_test(Node const& node);
  Value binary(Node const& node);
  [[nodiscard]] bool is_same(NodeId left, NodeId right) const;
  Value compared_with_itself(Node const& node, Value const& open);
  Value junction(Node const& node);
  Value between(Node const& node);
  Value in(Node const& node);
  Value test_members(Site const& here, Value const& input);
  Value run_test(Node const& test, Value const& input, bool in_cell, bool scalar = false);
  Value instance_of(Node const& node);
  Value instance_of_restricted(Site const& here, Value const& tested, Type const& type);
  Value conditional(Node const& node);
  Value loop(Node const& node);
  Value loop_over(Node const& node, Value const* first_domain);
  bool iterate(Node const& node, std::size_t iterator, std::uint32_t child, Value const* given, Results& results,
               Junction* truth, Value& outcome);
  [[nodiscard]] bool fill_domain(Site const& here, Value const& value, Run& run, Value& failure) const;
  [[nodiscard]] bool fill_range(Site const& here, Range const& range, Run& run, Value& failure) const;
  [[nodiscard]] Value element_of(Run const& run, std::uint64_t index) const;
  Value filter(Node const& node);
  Value filter_value(Node const& node, Value const& list);
  struct Sifted;
  Value filter_items(Node const& node, Value const& value);
  Sifted sift(Node const& node, Value const& value_or_list, List const& source);
  std::optional<Value> further_obstacle(Node const& node, List const& source);
  [[nodiscard]] Value certain_ones_and_more(Site const& here, List const& source, Sifted sifted) const;
  [[nodiscard]] static Value every_choice(Site const& here, Sifted sifted);
  Value path(Node const& node);
  Value call(Node const& node);
  Value function(Node const& node);
  Value external(Node const& node);
  [[nodiscard]] std::string fact_of(NodeId id) const;

  Program const& program_;
  std::span<Value const> slots_;
  std::span<Value> frame_;
  std::span<Value const> captures_;
  Evaluation& evaluation_;
};

/// The value of a program's expression.
[[nodiscard]] Value run(Program const& program, std::span<Value const> slots, Evaluation& evaluation);

}  // namespace tutela::detail
