// SPDX-License-Identifier: Apache-2.0
/// \file
/// The regions of missing facts over several decisions at once (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/base/result.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/facts/value.hpp>

#include "rules/completions.hpp"
#include "rules/fact_regions.hpp"
#include "rules/region_diagram.hpp"

namespace tutela::detail {

/// One missing fact, cut wherever one of the decisions needs it.
class JointFact {
 public:
  /// \param fact The fact as one decision cut it; others may cut it elsewhere, over the same domain.
  explicit JointFact(CompletionGraph::Fact const& fact);

  /// Notes that a decision distinguishes the parts below `part` from the others.
  void cut(CompletionGraph::Fact const& fact, std::size_t part);

  /// Sorts the cuts; from here on regions have numbers.
  void finish();

  /// Keeps only some of the cuts.
  void keep(std::vector<bool> const& cuts);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(cuts_.size()) + 1; }

  /// The number of the first region at or after a cut of some decision.
  [[nodiscard]] std::uint32_t region_at(CompletionGraph::Fact const& fact, std::size_t part) const;

  /// The region of a definite value; nothing when the value is outside the domain.
  [[nodiscard]] std::optional<std::uint32_t> region_of(Value const& value) const;

  /// All values of a region: one value, or an unknown with their set or range.
  [[nodiscard]] Value values(std::uint32_t region) const;

  /// Some value of a region.
  [[nodiscard]] Value sample(std::uint32_t region) const;

  /// How likely each region is held to be. \param weighted Set to true when the weights of the pack were used.
  [[nodiscard]] std::vector<double> shares(FactDeclaration const* declaration, bool& weighted) const;

  [[nodiscard]] std::string const& name() const { return name_; }

 private:
  /// Where a region begins: at a part of a list, at a value, just after a value, or after "there is none".
  struct Cut {
    bool after_none = false;
    std::size_t part = 0;
    Value value;
    bool after = false;
  };
  [[nodiscard]] Cut cut_at(CompletionGraph::Fact const& fact, std::size_t part) const;
  [[nodiscard]] static bool before(Cut const& lhs, Cut const& rhs);

  std::string name_;
  std::vector<Value> parts_;  ///< Of a list of values.
  bool intervals_ = false;
  bool none_first_ = false;
  Range whole_;  ///< Of numbers and dates.
  std::vector<Cut> cuts_;
};

/// The facts and diagrams of several decisions.
struct JointRegions {
  std::vector<JointFact> facts;  ///< In the order in which the diagrams test them.
  RegionDiagrams diagrams{{}};
  std::vector<RegionDiagrams::Id> roots;  ///< One for each graph; `none` where the diagrams grew too large.
  std::vector<Value> answers;             ///< By number.

  /// The place of a fact; nothing when it does not matter.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string const& name) const;

  /// Drops cuts that helped to find the answers but make no difference for these diagrams; all others are lost.
  /// \param wanted Diagrams; replaced by those over the joined regions.
  void join_equal(std::span<RegionDiagrams::Id> wanted);
};

/// Puts the graphs of several decisions over common regions. \param order Place of each fact; the lower is tested first.
JointRegions join_regions(std::vector<CompletionGraph const*> const& graphs,
                          std::map<std::string, std::size_t> const& order);

/// The declaration of a fact; parts of list elements (`children[1].name`) are declared without their number.
FactDeclaration const* declaration_of(Schema const& schema, std::string const& name);

}  // namespace tutela::detail
