// SPDX-License-Identifier: Apache-2.0
/// \file
/// Evaluation of nodes and boxed expressions.
#include "rules/run.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <tutela/feel/function.hpp>
#include <tutela/feel/type.hpp>

#include "feel/deeper_call.hpp"
#include "feel/function_value.hpp"
#include "feel/partial.hpp"

namespace tutela::detail {
namespace {

bool passes(UnaryTests const& tests, Value const& value, Evaluation& evaluation)
{
  if (value.is_none()) return true;
  std::vector<Value> const nothing;
  auto const result = tests.test(value, nothing, evaluation);
  // What is not known is not wrong.
  return truth_of(result) != Truth::no;
}

/// True unless a known part of the value breaks a constraint of its type.
bool satisfies(Value const& value, ItemType const& item, Evaluation& evaluation)
{
  if (value.is(Kind::unknown) || value.is(Kind::uncertain) || value.is_none()) return true;
  if (item.constraint && !passes(*item.constraint, value, evaluation)) return false;
  auto satisfies_element = [&](Value const& element) {
    auto const& listed = item.allowed_values;
    bool const is_listed = std::find(listed.begin(), listed.end(), element) != listed.end();
    if (item.allowed && !is_listed && !passes(*item.allowed, element, evaluation)) return false;
    if (item.base && !satisfies(element, *item.base, evaluation)) return false;
    auto const* context = element.as_context();
    if (context == nullptr) return true;
    for (auto const& component : item.components) {
      auto const* entry = context->find(component->name);
      if (entry != nullptr && !satisfies(*entry, *component, evaluation)) return false;
    }
    return true;
  };
  if (!item.collection) return satisfies_element(value);
  auto const* list = value.as_list();
  if (list == nullptr) return true;
  for (auto const& element : list->items)
    if (!satisfies_element(element)) return false;
  return true;
}

/// A function value whose body is a boxed expression; everything it needs is captured by value.
/// \param self Its own place in the frame, when it calls itself.
Value make_boxed_function(std::vector<std::string> const& names, std::vector<Declared> const& types, Declared result,
                          Boxed const& body, std::vector<Value> frame, RunContext const& context,
                          std::optional<std::size_t> self = {})
{
  std::vector<Parameter> parameters;
  for (std::size_t i = 0; i < names.size(); ++i) parameters.push_back({names[i], types[i].within()});
  Type const result_type = result.type;
  auto const held = frame;
  // The references point into the model, which the context keeps alive.
  auto callable = [&body, &names, &types, result = std::move(result), frame = std::move(frame), context, self](
                      std::span<Value const> arguments, Evaluation& evaluation) {
    auto inner = frame;
    // made afresh for each call: a value that holds itself would never be freed
    if (self) inner[*self] = make_boxed_function(names, types, result, body, frame, context, self);
    for (std::size_t i = 0; i < arguments.size(); ++i)
      inner.push_back(fit(arguments[i], types[i], evaluation, body.place));
    auto here = context;
    auto value = evaluate_boxed(body, inner, evaluation, here);
    return fit(std::move(value), result, evaluation, body.place);
  };
  Type known;
  if (body.kind != Boxed::Kind::function && body.type.stated)
    known = body.type.type;
  else if (body.kind == Boxed::Kind::literal)
    known = certain_result(body.expression->type());
  return Value(std::make_shared<FunctionValue const>(std::move(parameters), result_type, std::move(callable),
                                                     depth_around(held), std::move(known)));
}

/// A value that was made, or the error of the limit that it exceeds.
Value bounded(Value value, Evaluation const& evaluation, Place const& place)
{
  auto const limit = exceeded_limit(value, evaluation.limits);
  return limit.empty() ? std::move(value)
                       : failure(evaluation, "the limit `" + std::string(limit) + "` is reached", place);
}

/// A frame that is given back when it is no longer needed.
class Frame {
 public:
  Frame(RunContext const& context, std::size_t size) : notes_(*context.notes)
  {
    if (!notes_.spare_frames.empty()) {
      values_ = std::move(notes_.spare_frames.back());
      notes_.spare_frames.pop_back();
    }
    values_.resize(size);
  }
  Frame(Frame const&) = delete;
  Frame& operator=(Frame const&) = delete;
  ~Frame()
  {
    values_.clear();
    notes_.spare_frames.push_back(std::move(values_));
  }

  std::vector<Value>& values() { return values_; }

 private:
  RunNotes& notes_;
  std::vector<Value> values_;
};

/// Whether an argument may be outside the type of its parameter, and because of which facts.
struct ArgumentFaults {
  bool possible = false;
  Causes causes;
};

/// Fits an argument to the type of its parameter, as a function value does; false when it does not fit.
bool fit_argument(Value& value, Declared const& declared, Evaluation& evaluation, ArgumentFaults& faults)
{
  if (value.is(Kind::error)) return true;
  auto const& type = declared.within();
  if (!type.is_restricted() && !is_open(value) && value_conforms(value, type)) return true;
  auto fitting = fitted_argument(Site{evaluation}, value, type);
  if (!fitting.value) return false;
  if (fitting.may_fail) faults.causes.add(value);
  faults.possible = faults.possible || fitting.may_fail;
  value = *std::move(fitting.value);
  return true;
}

/// Calls a knowledge model without a function value; the same as calling that, argument by argument.
Value call_knowledge(Boxed const& boxed, std::vector<Value>& frame, Evaluation& evaluation, RunContext& context)
{
  auto const& text = context.model->nodes[*boxed.callee].texts.front();
  if (evaluation.calls >= evaluation.limits.calls)
    return failure(evaluation, "the limit `calls` is reached", boxed.place);
  auto const first = text.requirements.size();
  Frame called(context, first + text.parameters.size());
  auto& values = called.values();
  for (std::size_t i = 0; i < boxed.children.size(); ++i) {
    auto argument = evaluate_boxed(boxed.children[i], frame, evaluation, context);
    values[first + boxed.places[i]] = fit(std::move(argument), boxed.types[i], evaluation, boxed.place);
  }
  ArgumentFaults faults;
  for (std::size_t i = 0; i < text.parameters.size(); ++i) {
    auto& value = values[first + i];
    if (!fit_argument(value, text.parameter_types[i], evaluation, faults)) {
      return failure(evaluation,
                     "the argument `" + text.parameters[i] + "` is no " + to_string(text.parameter_types[i].within()),
                     boxed.place);
    }
  }
  auto const caller = std::exchange(context.node, *boxed.callee);
  auto value = deeper_call(Site{evaluation, nullptr, 0, boxed.place.pointer},
                           [&] { return evaluate_boxed(text.body, values, evaluation, context); });
  context.node = caller;
  value = fit(std::move(value), text.result, evaluation, text.body.place);
  if (!faults.possible) return value;
  std::array<Value, 2> const either{
      std::move(value), failure(evaluation, "an argument may not be of the type of its parameter", boxed.place)};
  return join(Site{evaluation, nullptr, 0, boxed.place.pointer}, either, std::move(faults.causes));
}

Value evaluate_invocation(Boxed const& boxed, std::vector<Value>& frame, Evaluation& evaluation, RunContext& context)
{
  if (boxed.callee) return call_knowledge(boxed, frame, evaluation, context);
  auto const function = boxed.expression ? boxed.expression->evaluate(frame, evaluation)
                                         : evaluate_boxed(boxed.children.back(), frame, evaluation, context);
  std::vector<std::pair<std::string, Value>> arguments;
  for (std::size_t i = 0; i < boxed.names.size(); ++i) {
    auto value = evaluate_boxed(boxed.children[i], frame, evaluation, context);
    arguments.emplace_back(boxed.names[i], fit(std::move(value), boxed.types[i], evaluation, boxed.place));
  }
  return call(function, std::span<std::pair<std::string, Value> const>(arguments), evaluation, boxed.place.pointer);
}

Value evaluate_delegated(Boxed const& boxed, std::vector<Value>& frame, Evaluation& evaluation, RunContext& context)
{
  std::vector<Value> slots;
  bool ill_typed = false;
  for (std::size_t i = 0; i < boxed.children.size(); ++i) {
    auto const& child = boxed.children[i];
    if (boxed.arities[i] == computed_first) {
      slots.push_back(evaluate_boxed(child, frame, evaluation, context));
      continue;
    }
    std::vector<Parameter> parameters(boxed.arities[i]);
    for (std::size_t j = 0; j < parameters.size(); ++j) parameters[j].name = "argument " + std::to_string(j + 1);
    slots.push_back(
        make_function(std::move(parameters), {},
                      [&, is_condition = boxed.condition == i](std::span<Value const> arguments, Evaluation& inner) {
                        auto const mark = frame.size();
                        frame.insert(frame.end(), arguments.begin(), arguments.end());
                        auto value = evaluate_boxed(child, frame, inner, context);
                        frame.resize(mark);
                        // Unlike the language, a boxed condition may only be a Boolean or null.
                        bool const fits = value.is(Kind::boolean) || value.state() != State::known;
                        ill_typed = ill_typed || (is_condition && !fits);
                        return value;
                      }));
  }
  auto value = boxed.expression->evaluate(slots, evaluation);
  return ill_typed ? failure(evaluation, "the condition is not a Boolean", boxed.place) : value;
}

Value evaluate_context(Boxed const& boxed, std::vector<Value>& frame, Evaluation& evaluation, RunContext& context)
{
  auto const mark = frame.size();
  // With a result the context itself is never seen.
  bool const kept = std::find(boxed.names.begin(), boxed.names.end(), "") == boxed.names.end();
  Context entries;
  for (std::size_t i = 0; i < boxed.children.size(); ++i) {
    auto value = evaluate_boxed(boxed.children[i], frame, evaluation, context);
    if (boxed.names[i].empty()) {
      frame.resize(mark);
      return value;
    }
    value = fit(std::move(value), boxed.types[i], evaluation, boxed.place);
    if (kept) entries.entries.emplace_back(boxed.names[i], value);
    frame.push_back(std::move(value));
  }
  frame.resize(mark);
  return Value(std::move(entries));
}

Value evaluate_relation(Boxed const& boxed, std::vector<Value>& frame, Evaluation& evaluation, RunContext& context)
{
  List rows;
  auto const width = boxed.names.size();
  for (std::size_t i = 0; width > 0 && i + width <= boxed.children.size(); i += width) {
    Context row;
    for (std::size_t j = 0; j < width; ++j) {
      auto value = evaluate_boxed(boxed.children[i + j], frame, evaluation, context);
      row.entries.emplace_back(boxed.names[j], fit(std::move(value), boxed.types[j], evaluation, boxed.place));
    }
    rows.items.emplace_back(std::move(row));
  }
  return Value(std::move(rows));
}

}  // namespace

Value failure(Evaluation const& evaluation, std::string what, Place const& place)
{
  if (evaluation.mode == Mode::conformance) return Value();
  return Value(Fault{std::move(what), place.file + ":" + std::to_string(place.line) + " " + place.pointer});
}

bool fits_as_it_is(Value const& value, Declared const& declared, Evaluation& evaluation)
{
  if (!declared.stated || value.is(Kind::error)) return true;
  return value_conforms(value, declared.type) && (!declared.item || satisfies(value, *declared.item, evaluation));
}

namespace {

/// What is left of a value with missing parts: the possibilities that are allowed, and the error where others are not.
Value fit_open(Value value, Declared const& declared, Evaluation& evaluation, Place const& place)
{
  auto const refused = [&] {
    return failure(evaluation, "the value is not among the allowed values of " + declared.item->name, place);
  };
  if (!declared.within().is_restricted()) return value;
  Site const here{evaluation, nullptr, 0, place.pointer};
  auto fitting = fitted_within(here, value, declared.within());
  if (!fitting.value) return refused();
  if (!fitting.may_fail) return *std::move(fitting.value);
  Causes causes;
  causes.add(value);
  std::array<Value, 2> const either{*std::move(fitting.value), refused()};
  return join(here, either, std::move(causes));
}

/// A value that is one of several, some of which are of another type than the declared one; nothing for all others.
std::optional<Value> fit_each(Value const& value, Declared const& declared, Evaluation& evaluation, Place const& place)
{
  auto const members = is_open(value) && evaluation.mode == Mode::legal ? possibilities_of(value) : std::nullopt;
  auto const fits = [&](Value const& each) { return each.is(Kind::error) || value_conforms(each, declared.type); };
  if (!members || std::all_of(members->begin(), members->end(), fits)) return std::nullopt;
  std::vector<Value> results;
  for (auto const& each : *members) results.push_back(fit(each, declared, evaluation, place));
  Causes causes;
  causes.add(value);
  return join(Site{evaluation, nullptr, 0, place.pointer}, results, std::move(causes));
}

}  // namespace

Value fit(Value value, Declared const& declared, Evaluation& evaluation, Place const& place)
{
  if (!declared.stated || value.is(Kind::error)) return value;
  if (auto each = fit_each(value, declared, evaluation, place)) return *std::move(each);
  if (!value_conforms(value, declared.type)) {
    auto converted = fitted(value, declared.type);
    auto const* list = evaluation.mode == Mode::legal ? value.as_list() : nullptr;
    if (!converted && list != nullptr && !list->complete && list->items.size() < 2) return perhaps_one_element(value);
    if (!converted)
      return failure(evaluation, "the value is not of the declared type " + to_string(declared.type), place);
    value = *std::move(converted);
  }
  if (declared.item && has_holes(value) && evaluation.mode == Mode::legal)
    return fit_open(std::move(value), declared, evaluation, place);
  if (declared.item && !satisfies(value, *declared.item, evaluation))
    return failure(evaluation, "the value is not among the allowed values of " + declared.item->name, place);
  return value;
}

Value evaluate_boxed(Boxed const& boxed, std::vector<Value>& frame, Evaluation& evaluation, RunContext& context)
{
  Value value;
  switch (boxed.kind) {
    case Boxed::Kind::missing: return Value();
    case Boxed::Kind::broken: return failure(evaluation, "the expression could not be compiled", boxed.place);
    case Boxed::Kind::literal: value = boxed.expression->evaluate(frame, evaluation); break;
    case Boxed::Kind::context: value = evaluate_context(boxed, frame, evaluation, context); break;
    case Boxed::Kind::list: {
      List list;
      for (auto const& child : boxed.children) list.items.push_back(evaluate_boxed(child, frame, evaluation, context));
      value = Value(std::move(list));
      break;
    }
    case Boxed::Kind::relation: value = evaluate_relation(boxed, frame, evaluation, context); break;
    case Boxed::Kind::invocation: value = evaluate_invocation(boxed, frame, evaluation, context); break;
    case Boxed::Kind::function: {
      auto function = bounded(make_boxed_function(boxed.names, boxed.types, result_of_function(boxed.type),
                                                  boxed.children.front(), frame, context),
                              evaluation, boxed.place);
      bool const of_function = boxed.type.stated && boxed.type.type.is(Type::Kind::function);
      return of_function ? fit(std::move(function), boxed.type, evaluation, boxed.place) : function;
    }
    case Boxed::Kind::table: value = evaluate_table(*boxed.table, frame, evaluation, context); break;
    case Boxed::Kind::delegated: value = evaluate_delegated(boxed, frame, evaluation, context); break;
  }
  return fit(bounded(std::move(value), evaluation, boxed.place), boxed.type, evaluation, boxed.place);
}

ModelRun::ModelRun(RunContext context, Evaluation& evaluation, InputSource* inputs)
    : context_(std::move(context)),
      evaluation_(evaluation),
      values_(context_.model->nodes.size()),
      marks_(context_.model->nodes.size()),
      inputs_(inputs)
{
  if (context_.notes == nullptr) context_.notes = std::make_shared<RunNotes>();
}

void ModelRun::restart(std::optional<Date> law_on)
{
  for (auto const node : touched_) {
    values_[node].reset();
    marks_[node] = Marks{};
  }
  touched_.clear();
  context_.law_on = law_on;
  context_.notes->trace.clear();
}

void ModelRun::set(std::size_t node, Value value)
{
  touched_.push_back(node);
  values_[node] = std::move(value);
}

NodeText const* text_on(GraphNode const& node, std::optional<Date> law_on)
{
  if (!law_on) return node.texts.size() == 1 ? &node.texts.front() : nullptr;
  auto const found = std::find_if(node.texts.begin(), node.texts.end(),
                                  [&](NodeText const& text) { return text.note.law.contains(*law_on); });
  return found == node.texts.end() ? nullptr : &*found;
}

NodeText const* ModelRun::text_in_force(std::size_t node) const
{
  return text_on(context_.model->nodes[node], context_.law_on);
}

/// A knowledge model that is only called by name needs no value.
bool ModelRun::wanted(NodeText const& text, std::size_t requirement) const
{
  auto const& node = context_.model->nodes[text.requirements[requirement]];
  return text.needed[requirement] || node.kind != GraphNode::Kind::knowledge;
}

Value const& ModelRun::input(std::size_t node)
{
  auto& value = values_[node];
  if (!value) {
    touched_.push_back(node);
    value = inputs_ == nullptr ? Value() : inputs_->input(node);
  }
  return *value;
}

Value const* ModelRun::leaf(std::size_t index)
{
  auto const& leaf = context_.model->leaves[index];
  auto const& input = values_[leaf.input];
  if (!input) return inputs_ == nullptr ? nullptr : inputs_->known(index);
  auto const* value = &*input;
  for (auto const& entry : leaf.entries) {
    auto const* context = value->as_context();
    value = context == nullptr ? nullptr : context->find(entry);
    if (value == nullptr) return nullptr;
  }
  return is_open(*value) ? nullptr : value;
}

Value const* ModelRun::requirement(std::size_t requirement)
{
  auto const node = text_->requirements[requirement];
  bool const is_input = context_.model->nodes[node].kind == GraphNode::Kind::input;
  auto const& value = is_input ? input(node) : *values_[node];
  return is_open(value) ? nullptr : &value;
}

Value const& ModelRun::value(std::size_t node)
{
  if (values_[node]) return *values_[node];
  auto& open = open_;
  open.assign(1, node);
  while (!open.empty()) {
    auto const current = open.back();
    if (values_[current]) {
      open.pop_back();
      continue;
    }
    auto const* text = text_in_force(current);
    auto const before = open.size();
    if (text != nullptr)
      for (auto const next : text->rests_on)
        if (!values_[next]) open.push_back(next);
    if (open.size() > before) continue;
    evaluate(current);
    open.pop_back();
  }
  return *values_[node];
}

std::vector<std::size_t> ModelRun::order(std::size_t node) const
{
  std::vector<std::size_t> order;
  std::vector<bool> done(values_.size(), false);
  std::vector<std::size_t> open{node};
  while (!open.empty()) {
    auto const current = open.back();
    auto const* text = done[current] ? nullptr : text_in_force(current);
    auto const before = open.size();
    for (std::size_t i = 0; text != nullptr && i < text->requirements.size(); ++i)
      if (auto const next = text->requirements[i]; next != current && !done[next] && wanted(*text, i))
        open.push_back(next);
    if (open.size() > before) continue;
    if (!done[current]) order.push_back(current);
    done[current] = true;
    open.pop_back();
  }
  return order;
}

void ModelRun::evaluate(std::size_t index)
{
  auto& marks = marks_[index];
  auto const steps = evaluation_.steps;
  touched_.push_back(index);
  marks.trace.first = context_.notes->trace.size();
  compute(index);
  marks.trace.second = context_.notes->trace.size();
  marks.steps = evaluation_.steps - steps;
}

Value ModelRun::function_of(std::size_t node, NodeText const& text, std::vector<Value> frame,
                            std::optional<std::size_t> self)
{
  auto context = context_;
  context.node = node;
  // Logic that is itself a function outside FEEL: its value is the function.
  if (text.is_function) return evaluate_boxed(text.body, frame, evaluation_, context);
  return make_boxed_function(text.parameters, text.parameter_types, text.result, text.body, std::move(frame), context,
                             self);
}

Value ModelRun::service_of(std::size_t node, NodeText const& text)
{
  auto context = context_;
  context.node = node;
  std::vector<Parameter> parameters;
  for (auto const input : text.service_inputs) {
    auto const& required = context.model->nodes[input];
    parameters.push_back({required.variable, required.texts.front().type.within()});
  }
  // The text points into the model, which the context keeps alive.
  return make_function(std::move(parameters), {},
                       [&text, context](std::span<Value const> arguments, Evaluation& evaluation) {
                         ModelRun run(context, evaluation);
                         for (std::size_t i = 0; i < arguments.size(); ++i) {
                           auto const& required = context.model->nodes[text.service_inputs[i]].texts.front();
                           run.set(text.service_inputs[i], fit(arguments[i], required.type, evaluation, text.place));
                         }
                         if (text.outputs.size() == 1)
                           return fit(run.value(text.outputs.front()), text.result, evaluation, text.place);
                         Context outputs;
                         for (auto const output : text.outputs)
                           outputs.entries.emplace_back(context.model->nodes[output].variable, run.value(output));
                         auto value = bounded(Value(std::move(outputs)), evaluation, text.place);
                         return fit(std::move(value), text.result, evaluation, text.place);
                       });
}

void ModelRun::compute(std::size_t index)
{
  auto const& node = context_.model->nodes[index];
  auto const* text = text_in_force(index);
  auto& marks = marks_[index];
  if (text == nullptr) {
    marks.no_law = true;
    values_[index] =
        failure(evaluation_, "no text of \"" + node.name + "\" is in force on that day", node.texts.front().place);
    return;
  }
  if (!context_.include_unverified && !text->note.verified()) {
    marks.not_available = true;
    values_[index] = failure(evaluation_, "\"" + node.name + "\" rests on a source that is not verified", text->place);
    return;
  }
  for (auto const required : text->rests_on) {
    marks.no_law = marks.no_law || marks_[required].no_law;
    marks.not_available = marks.not_available || marks_[required].not_available;
  }
  if (text->code) {
    context_.node = index;
    text_ = text;
    if (auto const* found = code_.run(*text->code, *this, evaluation_, context_)) return set_decision(index, *found);
  }
  Frame frame(context_, text->requirements.size());
  std::optional<std::size_t> self;
  for (std::size_t i = 0; i < text->requirements.size(); ++i) {
    auto const required = text->requirements[i];
    bool const is_input = context_.model->nodes[required].kind == GraphNode::Kind::input;
    if (required == index)
      self = i;
    else if (wanted(*text, i))
      frame.values()[i] = is_input ? input(required) : *values_[required];
  }
  switch (node.kind) {
    case GraphNode::Kind::input: static_cast<void>(input(index)); return;
    case GraphNode::Kind::knowledge:
      values_[index] = bounded(function_of(index, *text, frame.values(), self), evaluation_, text->place);
      return;
    case GraphNode::Kind::service: values_[index] = service_of(index, *text); return;
    case GraphNode::Kind::decision: break;
  }
  auto& notes = *context_.notes;
  notes.no_law_in_force = false;
  notes.not_available = false;
  context_.node = index;
  auto value = evaluate_boxed(text->body, frame.values(), evaluation_, context_);
  value = fit(std::move(value), text->type, evaluation_, text->place);
  marks.no_law = marks.no_law || notes.no_law_in_force;
  marks.not_available = marks.not_available || notes.not_available;
  set_decision(index, std::move(value));
}

void ModelRun::set_decision(std::size_t index, Value value)
{
  auto& notes = *context_.notes;
  if (notes.tracing && text_in_force(index)->body.kind != Boxed::Kind::table)
    notes.trace.push_back({index, nullptr, 0, Truth::yes, value.is(Kind::function) ? Value() : value});
  values_[index] = std::move(value);
}

}  // namespace tutela::detail
