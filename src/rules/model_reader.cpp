// SPDX-License-Identifier: Apache-2.0
/// \file
/// DMN XML to a checked and compiled model.
#include "rules/model_reader.hpp"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

#include "rules/code.hpp"
#include "rules/constants.hpp"
#include "rules/dmn_document.hpp"
#include "rules/law_note.hpp"

namespace tutela::detail {
namespace {

std::string attribute_or(XmlElement const& element, std::string_view key, std::string otherwise)
{
  auto const* value = element.attribute(key);
  return value == nullptr ? std::move(otherwise) : *value;
}

/// One text of a node, with the element it is read from.
struct Origin {
  std::size_t node = 0;
  std::size_t text = 0;
  std::size_t document = 0;
  XmlElement const* element = nullptr;
};

class ModelReader {
 public:
  ModelReader(ReadState& state, bool whole) : state_(state), whole_(whole) {}

  bool parse(std::vector<SourceText> const& sources);
  void index();
  void compile();
  void find_cycles();

  /// Every input and every part of it is a fact: reports when there are more than `Limits::facts`.
  void count_facts();

 private:
  void connect_imports();
  void add_node(std::size_t document, XmlElement const& element, GraphNode::Kind kind);
  std::optional<std::size_t> find(std::size_t document, XmlElement const& reference) const;
  std::optional<std::size_t> resolve(std::size_t document, XmlElement const* reference);
  std::vector<std::size_t> order_of_compilation();
  void require(Origin const& origin, NodeText& text, Names& names, std::size_t node);
  std::string visible_name(std::size_t document, GraphNode const& target) const;
  std::size_t precedence(std::size_t document, GraphNode const& target) const;
  bool is_hidden(Origin const& origin, NodeText const& text, GraphNode const& target);
  void compile_decision(Origin const& origin, NodeText& text);
  void compile_knowledge(Origin const& origin, NodeText& text);
  void compile_service(Origin const& origin, NodeText& text);
  void check_texts(GraphNode const& node);
  GraphNode& node(std::size_t index) { return state_.model->nodes[index]; }

  ReadState& state_;
  bool whole_;
  bool too_many_ = false;
  std::vector<Origin> origins_;
  std::map<std::pair<std::string, std::string>, std::size_t> by_id_;    ///< Namespace and id.
  std::map<std::pair<std::size_t, std::string>, std::size_t> by_name_;  ///< ModelDocument and name, for decisions.
};

bool ModelReader::parse(std::vector<SourceText> const& sources)
{
  // Only what the first document imports belongs to the model, unless all of it was asked for.
  std::vector<ModelDocument> all;
  for (auto const& source : sources) {
    auto parsed = parse_dmn(source.text, source.file, state_.limits);
    bool const wanted = whole_ || all.empty();
    if (!parsed) {
      if (wanted) state_.diagnostics.append(std::move(parsed).diagnostics());
      if (all.empty()) return false;
      continue;
    }
    ModelDocument document;
    document.file = source.file;
    document.root = *std::move(parsed);
    if (document.root.name != "definitions" || document.root.space != dmn_space) {
      if (wanted) {
        state_.diagnostics.error(Code::unsupported_format, {source.file, document.root.line, document.root.column, {}},
                                 "the file is not a DMN model of version 1.1 to 1.5",
                                 "its root must be `definitions` in a namespace of the OMG");
      }
      if (all.empty()) return false;
      continue;
    }
    document.space = attribute_or(document.root, "namespace", "");
    all.push_back(std::move(document));
  }
  if (all.empty()) return false;

  std::vector<bool> used(all.size(), whole_);
  std::deque<std::size_t> open{0};
  used[0] = true;
  while (!open.empty()) {
    auto const current = open.front();
    open.pop_front();
    for (auto const& child : all[current].root.children) {
      if (child.name != "import") continue;
      auto const space = attribute_or(child, "namespace", "");
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (used[i] || all[i].space != space) continue;
        used[i] = true;
        open.push_back(i);
      }
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i)
    if (used[i]) state_.documents.push_back(std::move(all[i]));
  connect_imports();
  return true;
}

void ModelReader::connect_imports()
{
  for (std::size_t i = 0; i < state_.documents.size(); ++i) {
    auto& document = state_.documents[i];
    for (auto const& child : document.root.children) {
      if (child.name != "import" || child.space != document.root.space) continue;
      if (attribute_or(child, "importType", "") != dmn_space) {
        state_.broken(Code::unsupported, place_of(document, child), "an import of something other than a DMN model",
                      "import DMN models of version 1.1 to 1.5 only");
        continue;
      }
      auto const space = attribute_or(child, "namespace", "");
      auto const name = normal_name(attribute_or(child, "name", ""));
      bool found = false;
      for (std::size_t j = 0; j < state_.documents.size(); ++j) {
        if (j == i || state_.documents[j].space != space) continue;
        found = true;
        auto const same = [&](auto const& import) { return !name.empty() && import.first == name; };
        if (std::any_of(document.imports.begin(), document.imports.end(), same)) {
          state_.diagnostics.error(Code::duplicate_id, place_of(document, child),
                                   "two imports have the name \"" + name + "\"", "rename one of them");
        } else if (std::find(document.imports.begin(), document.imports.end(), std::pair(name, j)) ==
                   document.imports.end()) {
          document.imports.emplace_back(name, j);
        }
        break;
      }
      if (!found) {
        state_.broken(Code::unknown_reference, place_of(document, child),
                      "no file beside this one has the imported namespace \"" + space + "\"",
                      "put the imported model into the same folder");
      }
    }
  }
}

void ModelReader::count_facts()
{
  std::size_t facts = 0;
  for (auto const& node : state_.model->nodes) {
    if (node.kind != GraphNode::Kind::input) continue;
    facts += node.texts.front().type.type.parts();
    if (facts <= state_.limits.facts) continue;
    state_.diagnostics.error(
        Code::limit_reached, node.texts.front().place,
        "the inputs up to here have more parts than the limit `facts` of " + std::to_string(state_.limits.facts),
        "leave out components that no rule reads");
    return;
  }
}

void ModelReader::add_node(std::size_t document, XmlElement const& element, GraphNode::Kind kind)
{
  auto const& from = state_.documents[document];
  auto const name = normal_name(attribute_or(element, "name", ""));
  if (name.empty()) {
    state_.diagnostics.error(Code::invalid_model, place_of(from, element), "a `" + element.name + "` without a name",
                             "");
    return;
  }
  if (state_.model->nodes.size() >= state_.limits.rules) {
    if (!too_many_) {
      state_.diagnostics.error(
          Code::limit_reached, place_of(from, element),
          "more inputs and decisions than the limit `rules` of " + std::to_string(state_.limits.rules), "");
    }
    too_many_ = true;
    return;
  }
  NodeText text;
  text.id = attribute_or(element, "id", "");
  text.place = place_of(from, element, "/" + name);
  if (kind == GraphNode::Kind::decision) text.note = read_law_note(element, from.file, state_.diagnostics);
  if (text.note.law.from || text.note.law.until) state_.model->dated = true;

  std::size_t index = 0;
  // The decisions of a pack share one space of names, so that a new text of the law may stand in a file of its own.
  std::size_t const scope = whole_ && kind == GraphNode::Kind::decision ? state_.documents.size() : document;
  auto const same = by_name_.find({scope, name});
  bool const another_text = same != by_name_.end() && kind == GraphNode::Kind::decision &&
                            node(same->second).kind == GraphNode::Kind::decision;
  if (another_text) {
    index = same->second;
  } else {
    if (same != by_name_.end()) {
      state_.diagnostics.error(Code::duplicate_id, text.place, "the name \"" + name + "\" is used twice in this model",
                               "rename one of them");
    }
    index = state_.model->nodes.size();
    GraphNode fresh;
    fresh.kind = kind;
    fresh.model = document;
    fresh.name = name;
    fresh.variable = name;
    if (auto const* variable = element.child("variable"))
      fresh.variable = normal_name(attribute_or(*variable, "name", name));
    if (kind == GraphNode::Kind::input) fresh.fact = read_fact_note(element, from.file, state_.diagnostics);
    state_.model->nodes.push_back(std::move(fresh));
    by_name_.emplace(std::pair(scope, name), index);
  }
  if (!text.id.empty()) {
    if (!by_id_.emplace(std::pair(from.space, text.id), index).second) {
      state_.diagnostics.error(Code::duplicate_id, text.place, "the id \"" + text.id + "\" is used twice in this model",
                               "give each element an id of its own");
    }
  }
  origins_.push_back({index, node(index).texts.size(), document, &element});
  node(index).texts.push_back(std::move(text));
}

void ModelReader::index()
{
  auto& model = *state_.model;
  for (std::size_t i = 0; i < state_.documents.size(); ++i) {
    auto const& document = state_.documents[i];
    model.files.push_back({document.file, attribute_or(document.root, "name", ""), document.space});
    for (auto const& child : document.root.children) {
      if (child.space != document.root.space) continue;
      if (child.name == "inputData")
        add_node(i, child, GraphNode::Kind::input);
      else if (child.name == "decision")
        add_node(i, child, GraphNode::Kind::decision);
      else if (child.name == "businessKnowledgeModel")
        add_node(i, child, GraphNode::Kind::knowledge);
      else if (child.name == "decisionService")
        add_node(i, child, GraphNode::Kind::service);
    }
  }
  for (auto const& node : model.nodes) check_texts(node);
  // Types first: an expression may read the entries of what it requires.
  for (auto const& origin : origins_) {
    auto& text = node(origin.node).texts[origin.text];
    auto const& document = state_.documents[origin.document];
    if (auto const* variable = origin.element->child("variable")) {
      text.type = resolve_type(state_, origin.document, variable->attribute("typeRef"),
                               place_of(document, *variable, text.place.pointer));
    }
  }
}

void ModelReader::check_texts(GraphNode const& node)
{
  for (std::size_t i = 0; i < node.texts.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      auto const& one = node.texts[i];
      auto const& other = node.texts[j];
      if (!one.note.law.overlaps(other.note.law)) continue;
      bool const dated = one.note.law.from || one.note.law.until || other.note.law.from || other.note.law.until;
      state_.diagnostics.error(
          dated ? Code::overlapping_law : Code::duplicate_id, one.place,
          dated ? "two texts of the decision \"" + node.name + "\" are in force on the same day"
                : "two decisions have the name \"" + node.name + "\"",
          dated ? "end one on the day the other begins (see line " + std::to_string(other.place.line) + ")"
                : "rename one of them, or give both the days on which they are law");
    }
  }
}

std::optional<std::size_t> ModelReader::find(std::size_t document, XmlElement const& reference) const
{
  auto const href = attribute_or(reference, "href", "");
  auto const hash = href.rfind('#');
  auto const space = hash == std::string::npos || hash == 0 ? state_.documents[document].space : href.substr(0, hash);
  auto const id = hash == std::string::npos ? href : href.substr(hash + 1);
  auto const found = by_id_.find({space, id});
  return found == by_id_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> ModelReader::resolve(std::size_t document, XmlElement const* reference)
{
  if (reference == nullptr) return std::nullopt;
  auto const found = find(document, *reference);
  if (!found) {
    state_.broken(Code::unknown_reference, place_of(state_.documents[document], *reference),
                  "nothing in the model has the id that \"" + attribute_or(*reference, "href", "") + "\" refers to",
                  "correct the reference or add the element");
  }
  return found;
}

/// How expressions of a document name an element that it requires.
std::string ModelReader::visible_name(std::size_t document, GraphNode const& target) const
{
  if (target.model != document) {
    for (auto const& [name, imported] : state_.documents[document].imports)
      if (imported == target.model && !name.empty()) return name + "." + target.variable;
  }
  return target.variable;
}

/// Which of several elements of one name is meant: the lowest. The document's own come first, then those of imports in
/// their order.
std::size_t ModelReader::precedence(std::size_t document, GraphNode const& target) const
{
  if (target.model == document) return 0;
  auto const& imports = state_.documents[document].imports;
  auto const found = std::find_if(imports.begin(), imports.end(),
                                  [&target](auto const& import) { return import.second == target.model; });
  return static_cast<std::size_t>(found - imports.begin()) + 1;
}

/// True when a required element of another model has the same name and comes first.
bool ModelReader::is_hidden(Origin const& origin, NodeText const& text, GraphNode const& target)
{
  bool hidden = false;
  auto const name = visible_name(origin.document, target);
  for (auto const required : text.requirements) {
    auto const& other = node(required);
    if (other.model == target.model || visible_name(origin.document, other) != name) continue;
    state_.broken(Code::invalid_model, text.place, "\"" + name + "\" is required from two models",
                  "give one of the imports a name");
    hidden = hidden || precedence(origin.document, other) < precedence(origin.document, target);
  }
  return hidden;
}

void ModelReader::require(Origin const& origin, NodeText& text, Names& names, std::size_t required)
{
  if (std::find(text.requirements.begin(), text.requirements.end(), required) != text.requirements.end()) return;
  auto const& target = node(required);
  auto const& stated = target.texts.front().type;
  Type const type = stated.stated || target.texts.size() > 1 ? stated.type : outline_of(target.texts.front().body);
  std::string const fact = target.kind == GraphNode::Kind::input ? fact_name(target.name) : std::string();
  // a name that no text can hold keeps the slot of an element that cannot be named
  bool const hidden = is_hidden(origin, text, target);
  names.add(hidden ? std::string("\x01") : visible_name(origin.document, target), type, fact);
  text.requirements.push_back(required);
}

void ModelReader::compile_decision(Origin const& origin, NodeText& text)
{
  Names names = state_.documents[origin.document].names;
  for (auto const& child : origin.element->children) {
    if (child.name == "informationRequirement") {
      auto const* reference = child.child("requiredInput");
      if (reference == nullptr) reference = child.child("requiredDecision");
      if (auto const target = resolve(origin.document, reference)) require(origin, text, names, *target);
    } else if (child.name == "knowledgeRequirement") {
      if (auto const target = resolve(origin.document, child.child("requiredKnowledge")))
        require(origin, text, names, *target);
    }
  }
  BoxedReader reader(state_, origin.document, text, text.place.pointer);
  text.body = reader.read_child(*origin.element, names);
  if (text.body.kind == Boxed::Kind::literal) reader.check_type(text.body.expression, text.type.type, text.body.place);
}

void ModelReader::compile_knowledge(Origin const& origin, NodeText& text)
{
  Names names = state_.documents[origin.document].names;
  for (auto const& child : origin.element->children) {
    if (child.name != "knowledgeRequirement") continue;
    if (auto const target = resolve(origin.document, child.child("requiredKnowledge")))
      require(origin, text, names, *target);
  }
  auto const* logic = origin.element->child("encapsulatedLogic");
  if (logic == nullptr) return;
  auto const kind = attribute_or(*logic, "kind", "FEEL");
  BoxedReader reader(state_, origin.document, text, text.place.pointer);
  for (auto const& parameter : logic->children) {
    if (parameter.name != "formalParameter") continue;
    text.parameters.push_back(normal_name(attribute_or(parameter, "name", "")));
    text.parameter_types.push_back(resolve_type(state_, origin.document, parameter.attribute("typeRef"),
                                                place_of(state_.documents[origin.document], parameter)));
    names.add(text.parameters.back(), text.parameter_types.back().type);
  }
  if (kind != "FEEL") {
    // The whole logic is a function definition of another kind; reading it as such gives a function value.
    XmlElement definition = *logic;
    definition.name = "functionDefinition";
    XmlElement owner;
    owner.space = logic->space;
    owner.children.push_back(std::move(definition));
    Names without_parameters = state_.documents[origin.document].names;
    text.requirements.clear();
    text.parameters.clear();
    text.parameter_types.clear();
    text.body = reader.read_child(owner, without_parameters);
    text.is_function = true;
    if (!text.body.type.stated) text.body.type = text.type;
    return;
  }
  text.body = reader.read_child(*logic, names);
  auto const declared = resolve_type(state_, origin.document, logic->attribute("typeRef"),
                                     place_of(state_.documents[origin.document], *logic, text.place.pointer));
  auto result = result_of_function(declared);
  if (!result.stated || (result.type.is(Type::Kind::any) && !result.item)) return;
  // the logic's own type lies around that of the expression in it
  Boxed typed;
  typed.kind = Boxed::Kind::context;
  typed.type = std::move(result);
  typed.place = text.body.place;
  typed.base = text.body.base;
  typed.names.emplace_back();
  typed.types.emplace_back();
  typed.children.push_back(std::move(text.body));
  text.body = std::move(typed);
}

void ModelReader::compile_service(Origin const& origin, NodeText& text)
{
  for (auto const& child : origin.element->children) {
    if (child.name == "outputDecision") {
      if (auto const target = resolve(origin.document, &child)) text.outputs.push_back(*target);
    }
  }
  for (std::string_view part : {"inputData", "inputDecision"}) {
    for (auto const& child : origin.element->children) {
      if (child.name != part) continue;
      if (auto const target = resolve(origin.document, &child)) text.service_inputs.push_back(*target);
    }
  }
  text.requirements.clear();
}

/// Positions in `origins_`, each after those of what it requires, as far as there is no circle.
std::vector<std::size_t> ModelReader::order_of_compilation()
{
  std::vector<std::vector<std::size_t>> origins_of(state_.model->nodes.size());
  for (std::size_t i = 0; i < origins_.size(); ++i) origins_of[origins_[i].node].push_back(i);
  std::vector<std::size_t> order;
  std::vector<bool> seen(origins_.size());
  std::vector<std::pair<std::size_t, bool>> open;  // with whether what it requires is done
  for (std::size_t i = origins_.size(); i-- > 0;) open.emplace_back(i, false);
  while (!open.empty()) {
    auto const [current, done] = open.back();
    open.pop_back();
    if (done) order.push_back(current);
    if (done || seen[current]) continue;
    seen[current] = true;
    open.emplace_back(current, true);
    for (auto const& requirement : origins_[current].element->children) {
      for (auto const& reference : requirement.children) {
        if (reference.name != "requiredDecision" && reference.name != "requiredKnowledge") continue;
        if (auto const target = find(origins_[current].document, reference))
          for (auto const required : origins_of[*target])
            if (!seen[required]) open.emplace_back(required, false);
      }
    }
  }
  return order;
}

void ModelReader::compile()
{
  for (auto const position : order_of_compilation()) {
    auto const& origin = origins_[position];
    auto text = std::move(node(origin.node).texts[origin.text]);
    switch (node(origin.node).kind) {
      case GraphNode::Kind::input: break;
      case GraphNode::Kind::decision: compile_decision(origin, text); break;
      case GraphNode::Kind::knowledge: compile_knowledge(origin, text); break;
      case GraphNode::Kind::service: compile_service(origin, text); break;
    }
    remove_repetitions(text.constants);
    node(origin.node).texts[origin.text] = std::move(text);
  }
  for (auto const& document : state_.documents)
    for (auto const& [name, item] : document.items)
      if (item) state_.model->items.push_back(item);
}

void ModelReader::find_cycles()
{
  auto& nodes = state_.model->nodes;
  auto next_of = [&](std::size_t index) {
    std::vector<std::size_t> next;
    for (auto const& text : nodes[index].texts) {
      next.insert(next.end(), text.requirements.begin(), text.requirements.end());
      next.insert(next.end(), text.outputs.begin(), text.outputs.end());
    }
    return next;
  };
  enum class Mark : std::uint8_t { fresh, open, done };
  std::vector<Mark> marks(nodes.size(), Mark::fresh);
  for (std::size_t start = 0; start < nodes.size(); ++start) {
    if (marks[start] != Mark::fresh) continue;
    std::vector<std::pair<std::size_t, std::vector<std::size_t>>> path{{start, next_of(start)}};
    marks[start] = Mark::open;
    while (!path.empty()) {
      auto& [current, next] = path.back();
      if (next.empty()) {
        marks[current] = Mark::done;
        path.pop_back();
        continue;
      }
      auto const target = next.back();
      next.pop_back();
      // a function may call itself
      if (target == current && nodes[current].kind == GraphNode::Kind::knowledge) continue;
      if (marks[target] == Mark::fresh) {
        marks[target] = Mark::open;
        path.emplace_back(target, next_of(target));
      } else if (marks[target] == Mark::open) {
        auto const& from = nodes[current];
        state_.diagnostics.error(Code::cyclic_reference, from.texts.front().place,
                                 "\"" + from.name + "\" and \"" + nodes[target].name + "\" require each other",
                                 "break the circle of requirements");
      }
    }
  }
}

}  // namespace

std::string fact_name(std::string_view name)
{
  std::string part;
  for (char const c : name) {
    bool const plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    part += plain ? c : '_';
  }
  return part;
}

std::optional<std::size_t> Model::find(GraphNode::Kind kind, std::string_view name,
                                       std::string_view space) const noexcept
{
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].kind != kind || nodes[i].name != name) continue;
    if (!space.empty() && files[nodes[i].model].space != space) continue;
    if (!found || nodes[i].model < nodes[*found].model) found = i;
  }
  return found;
}

Result<std::shared_ptr<Model const>> read_model(std::vector<SourceText> const& sources, bool whole, Mode mode,
                                                Limits const& limits)
{
  ReadState state;
  state.mode = mode;
  state.limits = limits;
  state.diagnostics = Diagnostics(limits.diagnostics);
  state.model = std::make_shared<Model>();
  state.model->mode = mode;
  state.model->limits = limits;
  ModelReader reader(state, whole);
  if (!reader.parse(sources)) return std::move(state.diagnostics).take();
  read_items(state);
  reader.index();
  reader.compile();
  reader.find_cycles();
  reader.count_facts();
  bool const failed = state.diagnostics.has_errors();
  if (!failed) {
    lay_out_facts(*state.model);
    link_calls(*state.model);
    write_code(*state.model);
  }
  auto found = std::move(state.diagnostics).take();
  if (failed) return found;
  return Result<std::shared_ptr<Model const>>(std::move(state.model), std::move(found));
}

}  // namespace tutela::detail
