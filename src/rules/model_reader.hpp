// SPDX-License-Identifier: Apache-2.0
/// \file
/// The parts of the DMN reader (internal): type references, boxed expressions, requirements.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tutela/base/diagnostic.hpp>
#include <tutela/feel/names.hpp>

#include "rules/model.hpp"
#include "rules/xml.hpp"

namespace tutela::detail {

/// One document while it is read.
struct ModelDocument {
  std::string file;
  XmlElement root;
  std::string space;  ///< Namespace of its elements (the attribute, not the XML namespace).
  /// Import name and document, in the order of the file. Only an empty name, whose elements need no prefix, may be there
  /// more than once; an element of the model itself then comes before one of an import, and an earlier import before a
  /// later one (DMN 1.5, 6.3.3; in 1.1 imports had no names).
  std::vector<std::pair<std::string, std::size_t>> imports;
  std::map<std::string, XmlElement const*> item_elements;
  std::map<std::string, std::shared_ptr<ItemType const>> items;
  std::map<std::string, bool> items_in_progress;
  Names names;  ///< The types that its expressions may name.
};

/// Shared by the parts of the reader.
struct ReadState {
  std::vector<ModelDocument> documents;
  Mode mode = Mode::legal;
  Limits limits;
  Diagnostics diagnostics;
  std::shared_ptr<Model> model;
  std::vector<Value> restriction_constants;  ///< Constants that the constraints of item definitions mention.
  bool restrictions_read_today = false;      ///< True when one of them depends on the day.

  /// Reports that a construct breaks the standard or cannot be run; only a warning in conformance mode, where the
  /// construct then gives null.
  void broken(Code code, Place place, std::string what, std::string mend = {});
};

/// Place of an element.
Place place_of(ModelDocument const& document, XmlElement const& element, std::string pointer = {});

/// Place of the text of an element.
Place place_of(ModelDocument const& document, PlacedText const& text, std::string pointer = {});

/// Reads all item definitions of all documents; reports cyclic and unknown references.
void read_items(ReadState& state);

/// The type that a reference names, as seen from a document.
Declared resolve_type(ReadState& state, std::size_t document, std::string const* reference, Place const& place);

/// What is known of a boxed expression's values before it runs, when its type is not stated: the names of entries,
/// so that expressions can tell where a name ends.
Type outline_of(Boxed const& boxed);

/// Reads boxed expressions of one node.
class BoxedReader {
 public:
  /// \param text Collects what the expressions read.
  BoxedReader(ReadState& state, std::size_t document, NodeText& text, std::string pointer)
      : state_(state), document_(document), text_(text), pointer_(std::move(pointer))
  {
  }

  /// The first child of `owner` that is an expression; `missing` when there is none.
  Boxed read_child(XmlElement const& owner, Names const& names);

  /// Compiles the text of an element.
  std::optional<Expression> expression(XmlElement const* element, Names const& names);

  /// Reports an expression whose value can never be of the declared type.
  void check_type(std::optional<Expression> const& expression, Type const& declared, Place const& place);

 private:
  Boxed read(XmlElement const& element, Names const& names);
  void literal(XmlElement const& element, Names const& names, Boxed& boxed);
  void context(XmlElement const& element, Names const& names, Boxed& boxed);
  void relation(XmlElement const& element, Names const& names, Boxed& boxed);
  void invocation(XmlElement const& element, Names const& names, Boxed& boxed);
  void function(XmlElement const& element, Names const& names, Boxed& boxed);
  void table(XmlElement const& element, Names const& names, Boxed& boxed);
  void read_ranking(XmlElement const& column, DecisionTable const& table, Boxed const& boxed,
                    DecisionTable::Output& output);
  void delegated(XmlElement const& element, Names const& names, Boxed& boxed);
  using KnownTests = std::unordered_map<std::string, UnaryTests>;
  std::optional<UnaryTests> tests(PlacedText const& text, Names const& names, Type const& input,
                                  KnownTests* known = nullptr);
  [[nodiscard]] bool may_convert(DecisionTable::Input const& input) const;
  void report(std::vector<Diagnostic> found);
  void note_restrictions(Program const& program);
  void note(std::vector<std::string> const& paths, std::string_view text, bool reads_today);
  ModelDocument const& document() const { return state_.documents[document_]; }

  ReadState& state_;
  std::size_t document_;
  NodeText& text_;
  std::string pointer_;
};

}  // namespace tutela::detail
