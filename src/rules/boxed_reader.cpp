// SPDX-License-Identifier: Apache-2.0
/// \file
/// Boxed expressions: from XML to the compiled form.
#include "rules/model_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "feel/program.hpp"
#include "rules/constants.hpp"
#include "rules/law_note.hpp"
#include "rules/region_index.hpp"

namespace tutela::detail {
namespace {

constexpr std::array<std::string_view, 12> expression_elements{
    "literalExpression", "context",     "list",   "relation", "invocation", "functionDefinition",
    "decisionTable",     "conditional", "filter", "for",      "some",       "every"};

XmlElement const* expression_of(XmlElement const& owner)
{
  for (auto const& child : owner.children) {
    if (child.space == owner.space &&
        std::find(expression_elements.begin(), expression_elements.end(), child.name) != expression_elements.end())
      return &child;
  }
  return nullptr;
}

std::string attribute_or(XmlElement const& element, std::string_view key, std::string otherwise)
{
  auto const* value = element.attribute(key);
  return value == nullptr ? std::move(otherwise) : *value;
}

}  // namespace

namespace {

Type outline_of(Type const& type)
{
  if (type.is(Type::Kind::list)) return Type::list(outline_of(type.element()));
  if (type.is(Type::Kind::function) && type.has_parts()) {
    return Type::function(std::vector<Type>(type.parameters().size()), outline_of(type.result()));
  }
  if (!type.is(Type::Kind::context) || !type.has_parts()) return Type();
  std::vector<Type::Entry> entries;
  for (auto const& entry : type.entries()) entries.push_back({entry.name, outline_of(entry.type)});
  return Type::context(std::move(entries));
}

Type outline_of(DecisionTable const& table)
{
  if (table.outputs.size() < 2) return Type();
  std::vector<Type::Entry> entries;
  for (auto const& output : table.outputs) entries.push_back({output.name, output.type.type});
  bool const is_list = table.policy == HitPolicy::rule_order || table.policy == HitPolicy::output_order ||
                       (table.policy == HitPolicy::collect && table.aggregation == Aggregation::none);
  Type row = Type::context(std::move(entries));
  return is_list ? Type::list(std::move(row)) : row;
}

Type outline_of(std::vector<std::string> const& names, std::vector<Declared> const& types,
                std::span<Boxed const> children)
{
  std::vector<Type::Entry> entries;
  for (std::size_t i = 0; i < names.size(); ++i) {
    bool const is_open = !types[i].stated && i < children.size();
    entries.push_back({names[i], is_open ? outline_of(children[i]) : types[i].type});
  }
  return Type::context(std::move(entries));
}

}  // namespace

Type outline_of(Boxed const& boxed)
{
  if (boxed.type.stated && boxed.kind != Boxed::Kind::function) return boxed.type.type;
  switch (boxed.kind) {
    case Boxed::Kind::literal: return outline_of(boxed.expression->type());
    case Boxed::Kind::table: return outline_of(*boxed.table);
    case Boxed::Kind::relation: return Type::list(outline_of(boxed.names, boxed.types, {}));
    case Boxed::Kind::context:
      if (!boxed.names.empty() && boxed.names.back().empty()) return outline_of(boxed.children.back());
      return outline_of(boxed.names, boxed.types, boxed.children);
    case Boxed::Kind::function:
      return Type::function(std::vector<Type>(boxed.names.size()), outline_of(boxed.children.front()));
    default: return Type();
  }
}

void BoxedReader::note(std::vector<std::string> const& paths, std::string_view text, bool reads_today)
{
  for (auto const& path : paths) text_.facts_read.push_back(path);
  for (auto& constant : constants_of(text)) text_.constants.push_back(std::move(constant));
  text_.reads_today = text_.reads_today || reads_today;
  text_.tests_uncertain = text_.tests_uncertain || text.find("is uncertain") != std::string_view::npos;
}

/// An expression that names a type with constraints tests what these test.
void BoxedReader::note_restrictions(Program const& program)
{
  auto const restricted = [](Type const& type) { return type.is_restricted(); };
  if (std::none_of(program.types.begin(), program.types.end(), restricted)) return;
  text_.constants.insert(text_.constants.end(), state_.restriction_constants.begin(),
                         state_.restriction_constants.end());
  text_.reads_today = text_.reads_today || state_.restrictions_read_today;
}

/// Whether values of a column's expression may be of another type than the one that is declared for them. A fact or a
/// decision was already judged by its own type; the same one again adds nothing.
bool BoxedReader::may_convert(DecisionTable::Input const& input) const
{
  if (!input.type.stated || !input.expression) return false;
  auto const& declared = input.type;
  if (declared.type.is(Type::Kind::any) && !declared.item) return false;
  auto const& program = input.expression->program();
  std::vector<std::string_view> path;
  Node const* at = &program.nodes[program.root];
  for (; at->op == Op::path && at->folded < 0; at = &program.child(*at, 0)) path.push_back(program.texts[at->index]);
  Declared const* known = nullptr;
  if (at->op == Op::slot && at->folded < 0 && at->index < text_.requirements.size()) {
    auto const& node = state_.model->nodes[text_.requirements[at->index]];
    auto const& first = node.texts.front().type;
    bool const fitted = node.kind == GraphNode::Kind::input || node.kind == GraphNode::Kind::decision;
    bool const alike = std::all_of(node.texts.begin(), node.texts.end(), [&first](NodeText const& text) {
      return text.type.stated && text.type.type == first.type && text.type.item == first.item;
    });
    if (fitted && alike) known = &first;
  }
  if (known == nullptr) {
    // a condition is a Boolean whatever its parts are
    bool const condition = path.empty() && at->op >= Op::equal && at->op <= Op::in;
    return !condition || !declared.type.is(Type::Kind::boolean) || declared.item;
  }
  Type type = known->type;
  ItemType const* item = known->item.get();
  for (auto step = path.rbegin(); step != path.rend(); ++step) {
    auto const* entry = type.is(Type::Kind::context) ? type.find(*step) : nullptr;
    if (entry == nullptr) return true;
    Type next = *entry;
    type = std::move(next);
    while (item != nullptr && item->components.empty()) item = item->base.get();
    if (item == nullptr) continue;
    auto const found = std::find_if(item->components.begin(), item->components.end(),
                                    [&](auto const& component) { return component->name == *step; });
    item = found == item->components.end() ? nullptr : found->get();
  }
  if (!(type == declared.type)) return true;
  // a component has its constraints from the definition that its type names
  return declared.item && item != declared.item.get() && (item == nullptr || item->base != declared.item);
}

void BoxedReader::report(std::vector<Diagnostic> found)
{
  // What can never have a value is a fault of the model; other engines make it null.
  for (auto& diagnostic : found) {
    if (state_.mode == Mode::conformance)
      diagnostic.severity = Severity::warning;
    else if (diagnostic.code == Code::type_mismatch || diagnostic.code == Code::unsupported ||
             diagnostic.code == Code::unknown_name)
      diagnostic.severity = Severity::error;
  }
  state_.diagnostics.append(std::move(found));
}

void BoxedReader::check_type(std::optional<Expression> const& expression, Type const& declared, Place const& place)
{
  if (!expression) return;
  auto const type = expression->type();
  auto const plain = [](Type const& one) {
    return one.kind() >= Type::Kind::boolean && one.kind() <= Type::Kind::months_duration;
  };
  // A date may stand for the midnight it begins with.
  bool const midnight = type.is(Type::Kind::date) && declared.is(Type::Kind::date_time);
  if (!plain(type) || !plain(declared) || type.kind() == declared.kind() || midnight) return;
  state_.broken(Code::type_mismatch, place,
                "the value is a " + to_string(type) + " where a " + to_string(declared) + " is declared",
                "correct the expression or the declared type");
}

std::optional<Expression> BoxedReader::expression(XmlElement const* element, Names const& names)
{
  if (element == nullptr) return std::nullopt;
  auto const* text_element = element->child("text");
  auto text = text_element == nullptr ? PlacedText{} : trimmed_text(*text_element);
  if (text.text.empty()) return std::nullopt;
  auto parsed = parse_expression(text.text, names, place_of(document(), text, pointer_), state_.mode, state_.limits);
  report(parsed.diagnostics());
  if (!parsed) return std::nullopt;
  note(parsed->paths(), text.text, parsed->reads_today());
  note_restrictions(parsed->program());
  return *std::move(parsed);
}

/// \param known The tests of one column so far. A text that is there again is not parsed again: its tests are the same,
///              at another place.
std::optional<UnaryTests> BoxedReader::tests(PlacedText const& text, Names const& names, Type const& input,
                                             KnownTests* known)
{
  std::string const source = text.text.empty() ? "-" : text.text;
  auto place = place_of(document(), text, pointer_);
  auto const found = known == nullptr ? KnownTests::const_iterator() : known->find(source);
  if (known != nullptr && found != known->end()) {
    if (found->second.passes_all()) return found->second;  // it can never fail, so nobody asks where it is
    auto moved = std::make_shared<Program>(found->second.program());
    moved->origin = std::move(place);
    return Program::unary_tests(std::move(moved));
  }
  auto parsed = parse_unary_tests(source, names, input, place, state_.mode, state_.limits);
  report(parsed.diagnostics());
  if (!parsed) return std::nullopt;
  note(parsed->paths(), source, parsed->reads_today());
  note_restrictions(parsed->program());
  // What was found wrong is said at each place.
  if (known != nullptr && parsed.diagnostics().empty()) known->emplace(source, *parsed);
  return *std::move(parsed);
}

Boxed BoxedReader::read_child(XmlElement const& owner, Names const& names)
{
  auto const* element = expression_of(owner);
  if (element != nullptr) return read(*element, names);
  Boxed missing;
  missing.place = place_of(document(), owner, pointer_);
  missing.base = names.list().size();
  return missing;
}

Boxed BoxedReader::read(XmlElement const& element, Names const& names)
{
  Boxed boxed;
  boxed.base = names.list().size();
  boxed.place = place_of(document(), element, pointer_);
  boxed.type = resolve_type(state_, document_, element.attribute("typeRef"), boxed.place);
  if (element.name == "literalExpression")
    literal(element, names, boxed);
  else if (element.name == "context")
    context(element, names, boxed);
  else if (element.name == "relation")
    relation(element, names, boxed);
  else if (element.name == "invocation")
    invocation(element, names, boxed);
  else if (element.name == "functionDefinition")
    function(element, names, boxed);
  else if (element.name == "decisionTable")
    table(element, names, boxed);
  else if (element.name == "list") {
    boxed.kind = Boxed::Kind::list;
    for (auto const& child : element.children)
      if (child.space == element.space &&
          std::find(expression_elements.begin(), expression_elements.end(), child.name) != expression_elements.end())
        boxed.children.push_back(read(child, names));
  } else {
    delegated(element, names, boxed);
  }
  return boxed;
}

void BoxedReader::literal(XmlElement const& element, Names const& names, Boxed& boxed)
{
  auto const* text = element.child("text");
  if (text != nullptr) boxed.text = trimmed_text(*text).text;
  auto const language = attribute_or(element, "expressionLanguage", "");
  if (!language.empty() && language.find("FEEL") == std::string::npos && language.find("feel") == std::string::npos) {
    state_.broken(Code::unsupported, boxed.place, "an expression in a language other than FEEL", "write it in FEEL");
    boxed.kind = Boxed::Kind::broken;
    return;
  }
  if (boxed.text.empty()) return;
  boxed.expression = expression(&element, names);
  boxed.kind = boxed.expression ? Boxed::Kind::literal : Boxed::Kind::broken;
}

void BoxedReader::context(XmlElement const& element, Names const& names, Boxed& boxed)
{
  boxed.kind = Boxed::Kind::context;
  Names inner = names;
  for (auto const& entry : element.children) {
    if (entry.name != "contextEntry") continue;
    auto const* variable = entry.child("variable");
    auto child = read_child(entry, inner);
    std::string name;
    Declared type;
    if (variable != nullptr) {
      name = normal_name(attribute_or(*variable, "name", ""));
      type = resolve_type(state_, document_, variable->attribute("typeRef"), place_of(document(), *variable, pointer_));
      if (std::find(boxed.names.begin(), boxed.names.end(), name) != boxed.names.end()) {
        state_.broken(Code::duplicate_id, place_of(document(), *variable, pointer_),
                      "the context has two entries \"" + name + "\"", "rename one of them");
        boxed.kind = Boxed::Kind::broken;
      }
      // within one expression the types of literals are known to the last
      bool const is_literal = child.kind == Boxed::Kind::literal && !child.type.stated;
      inner.add(name, type.stated ? type.type : is_literal ? child.expression->type() : outline_of(child));
    }
    boxed.names.push_back(std::move(name));
    boxed.types.push_back(std::move(type));
    boxed.children.push_back(std::move(child));
  }
}

void BoxedReader::relation(XmlElement const& element, Names const& names, Boxed& boxed)
{
  boxed.kind = Boxed::Kind::relation;
  for (auto const& child : element.children) {
    if (child.name == "column") {
      auto name = normal_name(attribute_or(child, "name", ""));
      if (std::find(boxed.names.begin(), boxed.names.end(), name) != boxed.names.end()) {
        state_.broken(Code::duplicate_id, place_of(document(), child, pointer_),
                      "the relation has two columns \"" + name + "\"", "rename one of them");
        boxed.kind = Boxed::Kind::broken;
      }
      boxed.names.push_back(std::move(name));
      boxed.types.push_back(
          resolve_type(state_, document_, child.attribute("typeRef"), place_of(document(), child, pointer_)));
    }
  }
  for (auto const& row : element.children) {
    if (row.name != "row") continue;
    std::size_t cells = 0;
    for (auto const& cell : row.children) {
      if (std::find(expression_elements.begin(), expression_elements.end(), cell.name) == expression_elements.end())
        continue;
      boxed.children.push_back(read(cell, names));
      ++cells;
    }
    if (cells != boxed.names.size()) {
      state_.broken(Code::invalid_model, place_of(document(), row, pointer_),
                    "a row of a relation has " + std::to_string(cells) + " cells for " +
                        std::to_string(boxed.names.size()) + " columns",
                    "give one cell for each column");
      boxed.kind = Boxed::Kind::broken;
    }
  }
}

void BoxedReader::invocation(XmlElement const& element, Names const& names, Boxed& boxed)
{
  boxed.kind = Boxed::Kind::invocation;
  auto const* called = expression_of(element);
  bool const is_literal = called != nullptr && called->name == "literalExpression";
  if (is_literal) {
    boxed.text = called->child("text") == nullptr ? "" : trimmed_text(*called->child("text")).text;
    boxed.expression = expression(called, names);
  }
  if (called == nullptr || (is_literal && !boxed.expression)) boxed.kind = Boxed::Kind::broken;
  for (auto const& binding : element.children) {
    if (binding.name != "binding") continue;
    auto const* parameter = binding.child("parameter");
    if (parameter == nullptr) continue;
    boxed.names.push_back(normal_name(attribute_or(*parameter, "name", "")));
    boxed.types.push_back(
        resolve_type(state_, document_, parameter->attribute("typeRef"), place_of(document(), *parameter, pointer_)));
    boxed.children.push_back(read_child(binding, names));
  }
  if (called != nullptr && !is_literal) boxed.children.push_back(read(*called, names));
}

void BoxedReader::function(XmlElement const& element, Names const& names, Boxed& boxed)
{
  boxed.kind = Boxed::Kind::function;
  Names inner = names;
  for (auto const& parameter : element.children) {
    if (parameter.name != "formalParameter") continue;
    boxed.names.push_back(normal_name(attribute_or(parameter, "name", "")));
    boxed.types.push_back(
        resolve_type(state_, document_, parameter.attribute("typeRef"), place_of(document(), parameter, pointer_)));
    inner.add(boxed.names.back(), boxed.types.back().type);
  }
  auto const kind = attribute_or(element, "kind", "FEEL");
  if (kind == "FEEL") {
    boxed.children.push_back(read_child(element, inner));
    return;
  }
  if (kind != "Java") {
    state_.broken(Code::unsupported, boxed.place,
                  kind == "PMML" ? "a PMML function" : "a function of the kind \"" + kind + "\"",
                  "write it in FEEL: no other models are run");
    boxed.kind = Boxed::Kind::broken;
    return;
  }
  // The language has a literal for functions of Java, which knows what can be called.
  auto const* mapping = expression_of(element);
  std::string parameters;
  for (auto const& name : boxed.names) parameters += (parameters.empty() ? "" : ", ") + name;
  std::string source = "function(" + parameters + ") external {java: {";
  bool first = true;
  for (auto const& entry : mapping == nullptr ? std::vector<XmlElement>{} : mapping->children) {
    auto const* variable = entry.child("variable");
    auto const* value = entry.child("literalExpression");
    if (variable == nullptr || value == nullptr || value->child("text") == nullptr) continue;
    source +=
        (first ? "" : ", ") + attribute_or(*variable, "name", "") + ": " + trimmed_text(*value->child("text")).text;
    first = false;
  }
  source += "}}";
  boxed.text = source;
  auto const refuse = [&](std::string what) {
    state_.broken(Code::unsupported, boxed.place, std::move(what), "write it in FEEL");
    boxed.kind = Boxed::Kind::broken;
  };
  auto const parsed = parse_expression(source, names, boxed.place, state_.mode, state_.limits);
  auto call = parse_expression("(" + source + ")(" + parameters + ")", inner, boxed.place, state_.mode, state_.limits);
  if (!parsed || !call) return refuse("a function that is written outside FEEL and not in the fixed table");
  if (parsed->reads().empty()) {
    Evaluation evaluation;
    auto const called = parsed->evaluate({}, evaluation);
    if (auto const* fault = called.as_fault()) return refuse(fault->what);
  }
  // A function like those of FEEL, with the types of its parameters and of its result, that calls the other one.
  Boxed body;
  body.kind = Boxed::Kind::literal;
  body.text = std::move(source);
  body.place = boxed.place;
  body.base = inner.list().size();
  body.expression = *std::move(call);
  boxed.children.push_back(std::move(body));
}

void BoxedReader::delegated(XmlElement const& element, Names const& names, Boxed& boxed)
{
  // Each of these is a FEEL expression over functions that evaluate the children, so that both modes have exactly
  // the meaning that the language gives to `if`, filters and iterations.
  boxed.kind = Boxed::Kind::delegated;
  Names outer;
  std::string source;
  auto add = [&](std::string_view name, std::string_view part, Names const& scope, std::size_t arity) {
    outer.add(std::string(name));
    boxed.arities.push_back(arity);
    auto const* child = element.child(part);
    if (child == nullptr) {
      state_.broken(Code::invalid_model, place_of(document(), element, pointer_),
                    "a boxed `" + element.name + "` without `" + std::string(part) + "`", "");
      boxed.children.emplace_back();
      boxed.children.back().base = scope.list().size();
    } else {
      boxed.children.push_back(read_child(*child, scope));
    }
  };
  if (element.name == "conditional") {
    boxed.condition = 0;
    add("condition", "if", names, 0);
    add("first", "then", names, 0);
    add("second", "else", names, 0);
    source = "if condition() then first() else second()";
  } else if (element.name == "filter") {
    Names inner = names;
    inner.add_item();
    add("elements", "in", names, computed_first);
    boxed.condition = 1;
    add("test", "match", inner, 1);
    // a boxed filter of null is null to the standard; in legal mode nothing is left of nothing
    source = state_.mode == Mode::conformance ? "if elements = null then null else elements[test(item)]"
                                              : "elements[test(item)]";
  } else {
    auto const variable = normal_name(attribute_or(element, "iteratorVariable", ""));
    Names inner = names;
    inner.add(variable);
    if (element.name == "for") inner.add("partial");
    add("elements", "in", names, computed_first);
    if (element.name == "for") {
      add("body", "return", inner, 2);
      source = "for element in elements return body(element, partial)";
    } else {
      add("test", "satisfies", inner, 1);
      source = element.name + " element in elements satisfies test(element)";
    }
  }
  auto parsed = parse_expression(source, outer, boxed.place, state_.mode, state_.limits);
  state_.diagnostics.append(parsed.diagnostics());
  if (!parsed) {
    boxed.kind = Boxed::Kind::broken;
    return;
  }
  boxed.expression = *std::move(parsed);
}

/// What the output values of a column say about which comes first; those of its type where it has none of its own.
void BoxedReader::read_ranking(XmlElement const& column, DecisionTable const& table, Boxed const& boxed,
                               DecisionTable::Output& output)
{
  std::string text;
  auto const take = [&text](ItemType const* item) {
    for (; text.empty() && item != nullptr; item = item->base.get()) text = item->allowed_text;
  };
  auto const* at = &column;
  if (auto const* values = column.child("outputValues"); values != nullptr && values->child("text") != nullptr) {
    at = values->child("text");
    text = trimmed_text(*at).text;
  }
  take(output.type.item.get());
  if (text.empty() && !output.type.stated) {
    take(boxed.type.item.get());
    if (auto const* item = text.empty() ? text_.type.item.get() : nullptr) {
      for (auto const& component : item->components)
        if (component->name == output.name) take(component.get());
      take(item);
    }
  }
  if (text.empty()) return;
  auto const parsed = parse_expression("[" + text + "]", {}, {}, Mode::legal, state_.limits);
  if (parsed && parsed->constant() != nullptr && parsed->constant()->as_list() != nullptr) {
    output.ranking = parsed->constant()->as_list()->items;
  } else if (table.policy == HitPolicy::priority || table.policy == HitPolicy::output_order) {
    state_.broken(Code::invalid_model, place_of(document(), *at, pointer_),
                  "output values that are neither constants nor ranges of constants give no order",
                  "list the values, best first");
  }
}

void BoxedReader::table(XmlElement const& element, Names const& names, Boxed& boxed)
{
  boxed.kind = Boxed::Kind::table;
  auto table = std::make_shared<DecisionTable>();
  table->place = place_of(document(), element, pointer_);
  auto fail = [&](XmlElement const& at, std::string what, std::string mend) {
    boxed.kind = Boxed::Kind::broken;
    state_.broken(Code::invalid_model, place_of(document(), at, pointer_), std::move(what), std::move(mend));
  };
  constexpr std::array<std::pair<std::string_view, HitPolicy>, 7> policies{{{"UNIQUE", HitPolicy::unique},
                                                                            {"ANY", HitPolicy::any},
                                                                            {"FIRST", HitPolicy::first},
                                                                            {"PRIORITY", HitPolicy::priority},
                                                                            {"RULE ORDER", HitPolicy::rule_order},
                                                                            {"OUTPUT ORDER", HitPolicy::output_order},
                                                                            {"COLLECT", HitPolicy::collect}}};
  constexpr std::array<std::pair<std::string_view, Aggregation>, 4> aggregations{{{"SUM", Aggregation::sum},
                                                                                  {"COUNT", Aggregation::count},
                                                                                  {"MIN", Aggregation::minimum},
                                                                                  {"MAX", Aggregation::maximum}}};
  auto const policy = attribute_or(element, "hitPolicy", "UNIQUE");
  auto const* found =
      std::find_if(policies.begin(), policies.end(), [&](auto const& entry) { return entry.first == policy; });
  if (found == policies.end())
    fail(element, "the hit policy \"" + policy + "\" does not exist",
         "use one of: UNIQUE, FIRST, PRIORITY, ANY, COLLECT, RULE ORDER, OUTPUT ORDER");
  else
    table->policy = found->second;
  if (auto const* aggregation = element.attribute("aggregation")) {
    auto const* which = std::find_if(aggregations.begin(), aggregations.end(),
                                     [&](auto const& entry) { return entry.first == *aggregation; });
    if (which == aggregations.end())
      fail(element, "the aggregation \"" + *aggregation + "\" does not exist", "use SUM, COUNT, MIN or MAX");
    else if (table->policy == HitPolicy::collect)
      table->aggregation = which->second;
  }

  for (auto const& child : element.children) {
    if (child.name == "input") {
      DecisionTable::Input input;
      auto const* source = child.child("inputExpression");
      auto compiled = expression(source, names);
      if (source != nullptr && source->child("text") != nullptr) input.text = trimmed_text(*source->child("text")).text;
      if (source != nullptr)
        input.type =
            resolve_type(state_, document_, source->attribute("typeRef"), place_of(document(), *source, pointer_));
      if (input.text.empty()) fail(child, "an input of a decision table without expression", "write what is tested");
      input.place = place_of(document(), source == nullptr ? child : *source, pointer_);
      check_type(compiled, input.type.type, input.place);
      input.expression = std::move(compiled);
      input.converts = may_convert(input);
      if (auto const* values = child.child("inputValues"); values != nullptr && values->child("text") != nullptr) {
        auto const text = trimmed_text(*values->child("text"));
        if (!text.text.empty()) input.allowed = tests(text, names, input.type.type);
      }
      table->inputs.push_back(std::move(input));
    } else if (child.name == "output") {
      DecisionTable::Output output;
      output.name = normal_name(attribute_or(child, "name", ""));
      output.type = resolve_type(state_, document_, child.attribute("typeRef"), place_of(document(), child, pointer_));
      output.fallback = expression(child.child("defaultOutputEntry"), names);
      read_ranking(child, *table, boxed, output);
      table->outputs.push_back(std::move(output));
    }
  }
  if (table->outputs.empty()) fail(element, "a decision table without output", "");
  if (table->outputs.size() > 1) {
    for (std::size_t i = 0; i < table->outputs.size(); ++i) {
      if (table->outputs[i].name.empty())
        fail(element, "an output without a name in a table of several outputs", "name each output");
      for (std::size_t j = 0; j < i; ++j)
        if (table->outputs[j].name == table->outputs[i].name && !table->outputs[i].name.empty())
          fail(element, "two outputs have the name \"" + table->outputs[i].name + "\"", "rename one of them");
    }
  }
  std::vector<Type> input_types;
  for (auto const& input : table->inputs)
    input_types.push_back(input.type.stated ? input.type.type : input.expression ? input.expression->type() : Type());

  std::vector<KnownTests> columns;
  for (auto const& row : element.children) {
    if (row.name != "rule") continue;
    if (table->rules.size() == state_.limits.rules) {
      state_.diagnostics.error(
          Code::limit_reached, place_of(document(), row, pointer_),
          "a table with more rules than the limit `rules` of " + std::to_string(state_.limits.rules), "");
      break;
    }
    DecisionTable::Rule rule;
    rule.note = read_law_note(row, document().file, state_.diagnostics);
    for (auto const& cell : row.children) {
      auto const* text_element = cell.child("text");
      if (cell.name == "inputEntry") {
        auto const text =
            text_element == nullptr ? PlacedText{"-", cell.line, cell.column} : trimmed_text(*text_element);
        auto const type = rule.tests.size() < input_types.size() ? input_types[rule.tests.size()] : Type();
        columns.resize(std::max(columns.size(), rule.tests.size() + 1));
        auto compiled = tests(text, names, type, &columns[rule.tests.size()]);
        rule.test_texts.push_back(text.text.empty() ? "-" : text.text);
        rule.tests.push_back(std::move(compiled));
      } else if (cell.name == "outputEntry") {
        auto const column = rule.outputs.size();
        rule.outputs.push_back(expression(&cell, names));
        if (column < table->outputs.size())
          check_type(rule.outputs.back(), table->outputs[column].type.type, place_of(document(), cell, pointer_));
        if (!rule.outputs.back() && text_element != nullptr && trimmed_text(*text_element).text.empty() &&
            state_.mode == Mode::legal)
          fail(cell, "an output entry without text", "write `null` when the rule gives no answer");
      }
    }
    if (rule.tests.size() != table->inputs.size() || rule.outputs.size() != table->outputs.size()) {
      fail(row,
           "a rule with " + std::to_string(rule.tests.size()) + " input and " + std::to_string(rule.outputs.size()) +
               " output entries for " + std::to_string(table->inputs.size()) + " inputs and " +
               std::to_string(table->outputs.size()) + " outputs",
           "give one entry for each column");
      continue;
    }
    table->rules.push_back(std::move(rule));
  }
  table->index = RegionIndex::build(*table);
  boxed.table = std::move(table);
}

}  // namespace tutela::detail
