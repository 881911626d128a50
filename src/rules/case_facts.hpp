// SPDX-License-Identifier: Apache-2.0
/// \file
/// From the facts of a case to the inputs of a model (internal).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tutela/facts/record.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/facts/value.hpp>

#include "rules/model.hpp"

namespace tutela::detail {

/// The kind of the values of a type; none where they may be of any kind.
[[nodiscard]] Kind kind_of_type(Type const& type);

/// A fact that is not known and what it may be.
struct OpenFact {
  std::string name;
  std::size_t node = 0;  ///< The input that it is part of.
  Type type;
  std::shared_ptr<ItemType const> item;  ///< Constraints; may be nothing.
  bool optional = false;
  bool uncertain = false;
  Value value;  ///< Unknown or uncertain, with the remaining domain; for an open list what is known of it.
  std::vector<Value> further = {};  ///< Elements that an open list may have beyond, as far as their number is bounded.
};

/// Builds the value of each input from a record, fact by fact.
class CaseFacts {
 public:
  CaseFacts(Model const& model, Record const& record, std::optional<Date> on, std::optional<Date> known_on)
      : model_(model), record_(record), on_(on), known_on_(known_on)
  {
  }

  /// The same facts, but these too read as unknown even where the record has them, also inside structures and lists
  /// that it has as a whole (`children.disability` is that of every element).
  [[nodiscard]] CaseFacts without(std::vector<std::string> names) const
  {
    CaseFacts facts(model_, record_, on_, known_on_);
    facts.hidden_ = std::move(names);
    facts.hidden_.insert(facts.hidden_.end(), hidden_.begin(), hidden_.end());
    return facts;
  }

  /// The same, and what is missing or uncertain beside them reads as *none*: so the conformance mode reads it.
  [[nodiscard]] CaseFacts without_and_others_none(std::vector<std::string> names) const
  {
    auto facts = without(std::move(names));
    facts.others_none_ = true;
    return facts;
  }

  /// The same facts on another day. What was found for the day before is forgotten, unless the facts hold on every day.
  void move_to(Date on);

  /// The fact of that name as it counts in this case, or nothing.
  [[nodiscard]] Fact const* fact(std::string const& name) const;

  /// The value of an input; structured ones are put together from the facts of their components.
  Value input(std::size_t node);

  /// The same with some facts replaced.
  Value input(std::size_t node, std::map<std::string, Value> const& replaced);

  /// The value of a leaf of the model when it is known, of a kind without parts and as declared; otherwise nothing.
  [[nodiscard]] Value const* known(std::size_t leaf);

  /// The fact whose value that is.
  [[nodiscard]] Fact const* known_fact(std::size_t leaf);

  /// The same with some facts replaced.
  [[nodiscard]] Value const* known(std::size_t leaf, std::map<std::string, Value> const& replaced);

  /// The facts found to be open while inputs were built, in the order of the model.
  [[nodiscard]] std::vector<OpenFact> const& open() const { return open_; }

 private:
  [[nodiscard]] bool hides(std::string const& name) const;
  [[nodiscard]] bool counts(Fact const& only) const;
  void find_known();
  Value build(FactTree const& tree);
  Value build_parts(FactTree const& tree);
  Value complete(Value const& value, FactTree const& tree);
  Value complete_list(List const& list, FactTree const& tree);
  Value complete_context(Context const& context, FactTree const& tree);
  Value missing(FactTree const& tree);
  void note_open(FactTree const& tree, bool uncertain, Value const& value);
  void place_in_order(std::size_t first);
  Value replaced(Value const& value) const;
  std::vector<Value> further_elements(FactTree const& tree, std::size_t known, bool uncertain);
  Value build_uncertain(FactTree const& tree);

  Model const& model_;
  Record const& record_;
  std::optional<Date> on_;
  std::optional<Date> known_on_;
  std::vector<std::string> hidden_;
  mutable std::map<std::string, Fact> disputed_;  ///< Facts on which sources disagree, as they count.
  std::map<std::string, Value> const* replaced_ = nullptr;
  std::size_t node_ = 0;
  bool collect_ = true;
  bool others_none_ = false;  ///< True when what is open and not hidden reads as none.
  std::vector<OpenFact> open_;
  std::map<std::size_t, Value> inputs_;  ///< As they are without replacement.
  struct Known {
    Fact const* fact = nullptr;
    bool checked = false;  ///< Against the declaration of the fact.
  };
  std::optional<bool> always_;  ///< Whether the facts hold on every day, once that was asked.
  std::vector<Known> known_;    ///< By leaf, once one was asked for.
};

/// The open fact that an open name belongs to: the month of a date is no fact of its own. Other names stay as they are.
std::string owner_of(std::string const& name, std::vector<OpenFact> const& open);

/// The name of a fact without the places of list elements: `children.name` for `children[2].name`.
std::string without_places(std::string const& name);

/// The declarations of all facts below an input, lists and the components of their elements included.
void declare_facts(std::string const& name, Type const& type, std::shared_ptr<ItemType const> const& item,
                   FactNote const* note, std::vector<FactDeclaration>& declarations);

/// The type of the elements of a collection, with the constraints that hold for each; nothing when it has none.
std::shared_ptr<ItemType const> element_of(std::shared_ptr<ItemType const> const& item);

/// The component types of a structured item, through its base; nothing when it has none.
std::vector<std::shared_ptr<ItemType const>> const* components_of(ItemType const* item);

}  // namespace tutela::detail
