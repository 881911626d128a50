// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is behind a rule pack (internal).
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/rules/pack.hpp>

#include "rules/case_facts.hpp"
#include "rules/completions.hpp"
#include "rules/model.hpp"
#include "rules/plan.hpp"

namespace tutela::detail {

/// What a decision rests on, directly or through others.
struct DecisionCone {
  std::vector<std::size_t> inputs;       ///< Input nodes.
  std::vector<std::size_t> nodes;        ///< All nodes, the decision first.
  std::vector<Value> constants;          ///< Constants that the expressions mention.
  std::vector<std::size_t> constraints;  ///< Nodes of the constraints that bear on its facts.
  bool reads_today = false;
  bool tests_uncertain = false;
};

class WrittenPack;

/// A loaded pack; immutable.
class PackImpl {
 public:
  PackInfo info;
  std::vector<PackFile> files;  ///< As read, by name.
  std::shared_ptr<Model const> model;
  std::vector<DecisionInfo> decisions;  ///< By name.
  std::vector<std::size_t> nodes;       ///< The node of each decision.
  std::vector<DecisionCone> cones;
  std::vector<DecisionCone> constraints;  ///< Statements about the facts that hold in every case; the node comes first.
  /// For each decision, the separation decisions at or below it whose answers are watched; see `separation.hpp`.
  std::vector<std::vector<std::size_t>> separations;
  Schema schema;
  std::vector<FactLine> lines;                                  ///< Of each fact of the schema.
  std::vector<std::vector<std::shared_ptr<Plan const>>> plans;  ///< Of each decision.
  PartialPlans partial;                                         ///< Of those that have no others.

  /// The place of a decision, or nothing.
  [[nodiscard]] std::optional<std::size_t> place_of(std::string_view decision) const;

  /// True for a decision that is only answered for a day: its law is dated, or it asks for the age today.
  [[nodiscard]] bool needs_day(std::size_t decision) const { return info.dated || cones[decision].reads_today; }

  /// \throws ContractViolation where a decision needs a day and none is given.
  void check_day(std::size_t decision, std::optional<Date> on) const;

  /// What is written about the decisions, as proofs show it. Made when it is first asked for.
  [[nodiscard]] WrittenPack const& written() const;

  /// True for the code of a legal order that this pack does not speak for; a lone DMN file speaks for any.
  [[nodiscard]] bool is_other_law(std::string const& jurisdiction) const
  {
    return !jurisdiction.empty() && !info.jurisdiction.empty() && jurisdiction != info.jurisdiction;
  }

 private:
  mutable std::once_flag written_once_;
  mutable std::shared_ptr<WrittenPack const> written_;
};

/// The documents and the description of a pack, as read.
struct PackSources {
  PackInfo info;
  std::vector<PackFile> files;  ///< All files but the manifest, by name; empty for a lone DMN file.
  std::vector<SourceText> models;
};

/// Finds and reads the files of a pack: shipped, a folder, or a lone DMN file.
Result<PackSources> read_pack_files(std::string const& name_or_path, Limits const& limits);

/// The manifest of a pack: the files by name, each with its SHA-256.
std::string manifest_text(std::vector<PackFile> const& files);

/// SHA-256 in hexadecimal digits.
std::string sha256(std::string_view bytes);

/// Puts a pack together from its model. \param files The files it came from, by name.
Pack make_pack(PackInfo info, std::shared_ptr<Model const> model, std::vector<PackFile> files = {});

/// True when one of two names lies inside the other: `child.age` in `child`, `needs[2]` in `needs`.
bool touches(std::string const& one, std::string const& other);

/// True when one of the paths that expressions read names a fact of an input, a part of it or what it is a part of.
/// \param paths As the expressions name them.
bool reads_fact(GraphNode const& input, std::vector<std::string> const& paths, std::string const& fact);

/// The names of the facts that a node of the graph rests on.
std::vector<std::string> facts_below(Model const& model, std::size_t node);

/// What is wrong with the facts under one constraint; nothing unless no completion of them obeys it.
std::optional<Diagnostic> broken_constraint(PackImpl const& pack, DecisionCone const& constraint, CaseFacts& facts,
                                            std::optional<Date> on);

class CaseRun;

/// Answers one decision; see `Pack::decide`.
///
/// \param run   The evaluation of the case, shared by its decisions.
/// \param graph Where wanted, how the answer follows from the missing facts; stays empty when no law was applied or the
///              completions could not all be told apart.
Verdict answer(PackImpl const& pack, std::size_t decision, CaseRun& run, std::optional<Date> on,
               DecideOptions const& options, std::optional<CompletionGraph>* graph = nullptr);

/// The same, always by evaluating the model.
Verdict answer_by_model(PackImpl const& pack, std::size_t decision, CaseRun& run, std::optional<Date> on,
                        DecideOptions const& options);

/// The same from a plan whose facts are filled in; nothing when the plan cannot say.
std::optional<Verdict> answer_by_plan(PackImpl const& pack, std::size_t decision, PlanRun& run, std::optional<Date> on,
                                      DecideOptions const& options);

/// The check of a pack; see `Pack::check`.
PackCheck check_pack(Pack const& pack, Limits const& limits);

}  // namespace tutela::detail
