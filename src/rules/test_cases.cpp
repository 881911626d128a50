// SPDX-License-Identifier: Apache-2.0
/// \file
/// Running test cases in the format of the DMN Technology Compatibility Kit.
#include <tutela/rules/test_cases.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include <tutela/facts/misspelt.hpp>
#include <tutela/feel/function.hpp>
#include <tutela/rules/pack.hpp>

#include "io/json_reader.hpp"
#include "rules/law_note.hpp"
#include "rules/model.hpp"
#include "rules/run.hpp"
#include "rules/xml.hpp"

namespace tutela::detail {
namespace {

std::string attribute_or(XmlElement const& element, std::string_view key, std::string otherwise)
{
  auto const* value = element.attribute(key);
  return value == nullptr ? std::move(otherwise) : *value;
}

/// The attribute of that local name under any prefix.
std::string prefixed(XmlElement const& element, std::string_view key)
{
  for (auto const& [name, value] : element.attributes) {
    auto const colon = name.find(':');
    if (colon != std::string::npos && std::string_view(name).substr(colon + 1) == key) return value;
  }
  return {};
}

bool is_nil(XmlElement const& element) { return prefixed(element, "nil") == "true"; }

/// A value of a temporal type, by the built-in function that reads its text.
Value from_text(std::string_view function, std::string const& text)
{
  auto const builtin = builtin_function(function);
  if (!builtin) return Value();
  Evaluation evaluation;
  evaluation.mode = Mode::conformance;
  Value const argument(text);
  return call(*builtin, std::span<Value const>(&argument, 1), evaluation);
}

Value simple_value(XmlElement const& element)
{
  if (is_nil(element)) return Value();
  auto type = prefixed(element, "type");
  if (auto const colon = type.rfind(':'); colon != std::string::npos) type = type.substr(colon + 1);
  auto const trimmed = trimmed_text(element).text;
  if (type == "boolean")
    return trimmed == "true" || trimmed == "1"    ? Value(true)
           : trimmed == "false" || trimmed == "0" ? Value(false)
                                                  : Value();
  if (type == "decimal" || type == "double" || type == "float" || type == "integer" || type == "int" ||
      type == "long") {
    auto const number = Decimal::parse(trimmed);
    return number ? Value(*number) : Value();
  }
  if (type == "date") return from_text("date", trimmed);
  if (type == "time") return from_text("time", trimmed);
  if (type == "dateTime") return from_text("date and time", trimmed);
  if (type == "duration") return from_text("duration", trimmed);
  return Value(element.text);
}

/// A value of the kit's format; nesting is bounded by the XML reader.
Value kit_value(XmlElement const& owner, bool keep_null)
{
  Context context;
  bool structured = false;
  for (auto const& child : owner.children) {
    if (child.name == "value") return simple_value(child);
    if (child.name == "list") {
      if (is_nil(child)) return Value();
      List list;
      for (auto const& item : child.children)
        if (item.name == "item") list.items.push_back(kit_value(item, keep_null));
      return Value(std::move(list));
    }
    if (child.name == "component") {
      structured = true;
      auto value = is_nil(child) ? Value() : kit_value(child, keep_null);
      if (keep_null || !value.is_none())
        context.entries.emplace_back(attribute_or(child, "name", ""), std::move(value));
    }
  }
  return structured ? Value(std::move(context)) : Value();
}

bool equal_by_language(Value const& lhs, Value const& rhs)
{
  Names names;
  names.add("a");
  names.add("b");
  auto const equal = parse_expression("a = b", names, {}, Mode::conformance);
  if (!equal) return false;
  Evaluation evaluation;
  evaluation.mode = Mode::conformance;
  std::vector<Value> const slots{lhs, rhs};
  auto const result = equal->evaluate(slots, evaluation);
  return result.as_boolean() != nullptr && *result.as_boolean();
}

/// As the kit's runners compare: numbers up to 1e-8, everything else exactly.
bool agrees(Value const& expected, Value const& actual)
{
  if (auto const* number = expected.as_number()) {
    auto const* other = actual.as_number();
    return other != nullptr && (*number == *other || (*number - *other).abs() < *Decimal::parse("0.00000001"));
  }
  if (auto const* list = expected.as_list()) {
    auto const* other = actual.as_list();
    if (other == nullptr || list->items.size() != other->items.size()) return false;
    for (std::size_t i = 0; i < list->items.size(); ++i)
      if (!agrees(list->items[i], other->items[i])) return false;
    return true;
  }
  if (auto const* context = expected.as_context()) {
    auto const* other = actual.as_context();
    if (other == nullptr || context->entries.size() != other->entries.size()) return false;
    for (auto const& [name, value] : context->entries) {
      auto const* entry = other->find(name);
      if (entry == nullptr || !agrees(value, *entry)) return false;
    }
    return true;
  }
  if (expected == actual) return true;
  return expected.kind() == actual.kind() && !expected.is_none() && equal_by_language(expected, actual);
}

/// A model or a pack that test cases run on.
struct Subject {
  std::shared_ptr<Model const> model;
  std::optional<Pack> pack;
};

class KitRunner {
 public:
  KitRunner(Limits const& limits, Date on) : limits_(limits), on_(on) {}

  void run_file(std::filesystem::path const& file);
  TestReport take() &&;

 private:
  Subject const& subject(std::filesystem::path const& file, std::string const& model_name);
  Subject load(std::filesystem::path const& model);
  void run_case(Subject const& subject, XmlElement const& element, std::string const& file);
  TestResult run_on_model(Model const& model, std::shared_ptr<Model const> const& shared, XmlElement const& test,
                          XmlElement const& result, Date on);
  TestResult run_on_pack(Pack const& pack, XmlElement const& test, XmlElement const& result, Date on);

  Limits const& limits_;
  Date on_;
  TestReport report_;
  std::map<std::string, Subject> subjects_;
};

Subject KitRunner::load(std::filesystem::path const& model)
{
  Subject subject;
  std::error_code ignored;
  if (!std::filesystem::exists(model, ignored)) {
    report_.diagnostics.push_back({Code::not_found,
                                   Severity::error,
                                   {model.string(), 0, 0, {}},
                                   "the model that a test file names does not exist",
                                   "put it beside the test file"});
    return subject;
  }
  auto keep_errors = [&](std::vector<Diagnostic> const& found) {
    for (auto const& diagnostic : found)
      if (diagnostic.severity == Severity::error) report_.diagnostics.push_back(diagnostic);
  };
  if (std::filesystem::exists(model.parent_path() / "pack.json", ignored)) {
    auto pack = load_pack(model.parent_path().string(), limits_);
    if (!pack)
      keep_errors(pack.diagnostics());
    else
      subject.pack = *std::move(pack);
    return subject;
  }
  std::vector<std::filesystem::path> paths{model};
  std::vector<std::filesystem::path> beside;
  for (std::filesystem::directory_iterator entry(model.parent_path(), ignored), end; !ignored && entry != end;
       entry.increment(ignored))
    if (entry->path().extension() == ".dmn" && entry->path().filename() != model.filename())
      beside.push_back(entry->path());
  std::sort(beside.begin(), beside.end());
  paths.insert(paths.end(), beside.begin(), beside.end());
  std::vector<SourceText> sources;
  for (auto const& path : paths) {
    auto text = read_file(path.string(), limits_);
    if (text)
      sources.push_back({path.string(), *std::move(text)});
    else
      keep_errors(text.diagnostics());
  }
  auto read = read_model(sources, false, Mode::conformance, limits_);
  if (!read)
    keep_errors(read.diagnostics());
  else
    subject.model = *std::move(read);
  return subject;
}

Subject const& KitRunner::subject(std::filesystem::path const& file, std::string const& model_name)
{
  std::error_code ignored;
  auto model = file.parent_path() / model_name;
  if (!std::filesystem::exists(model, ignored)) {
    auto const above = file.parent_path() / ".." / model_name;
    if (std::filesystem::exists(above, ignored)) model = above.lexically_normal();
  }
  auto const key = model.string();
  auto const found = subjects_.find(key);
  if (found != subjects_.end()) return found->second;
  return subjects_.emplace(key, load(model)).first->second;
}

/// The node that a result names: a decision, then a service or a business knowledge model.
std::optional<std::size_t> find_node(Model const& model, std::string const& name, std::string const& space,
                                     std::initializer_list<GraphNode::Kind> kinds)
{
  for (auto const kind : kinds)
    if (auto const found = model.find(kind, name, space)) return found;
  return std::nullopt;
}

TestResult KitRunner::run_on_model(Model const& model, std::shared_ptr<Model const> const& shared,
                                   XmlElement const& test, XmlElement const& result, Date on)
{
  TestResult outcome;
  outcome.node = normal_name(attribute_or(result, "name", ""));
  auto const* expected_element = result.child("expected");
  auto const expected = expected_element == nullptr ? Value() : kit_value(*expected_element, true);
  outcome.expected = to_string(expected);

  Evaluation evaluation;
  evaluation.mode = Mode::conformance;
  evaluation.on = on;
  evaluation.limits = limits_;
  RunContext context;
  context.model = shared;
  ModelRun run(context, evaluation);
  std::vector<std::pair<std::string, Value>> arguments;
  auto const type = attribute_or(test, "type", "decision");
  auto const invocable = normal_name(attribute_or(test, "invocableName", ""));
  for (auto const& child : test.children) {
    if (child.name != "inputNode") continue;
    auto const name = normal_name(attribute_or(child, "name", ""));
    auto value = kit_value(child, true);
    auto const node = find_node(model, name, attribute_or(child, "namespace", ""),
                                {GraphNode::Kind::input, GraphNode::Kind::decision});
    if (node) {
      auto const& declared = model.nodes[*node].texts.front();
      run.set(*node, fit(value, declared.type, evaluation, declared.place));
      arguments.emplace_back(model.nodes[*node].variable, std::move(value));
    } else {
      arguments.emplace_back(name, std::move(value));
    }
  }
  Value actual;
  auto const space = attribute_or(result, "namespace", "");
  if (type == "decision" || invocable.empty()) {
    auto const node = find_node(model, outcome.node, space,
                                {GraphNode::Kind::decision, GraphNode::Kind::service, GraphNode::Kind::knowledge});
    if (!node) {
      outcome.actual = "the model has no decision of this name";
      return outcome;
    }
    actual = run.value(*node);
    if (model.nodes[*node].kind != GraphNode::Kind::decision)
      actual = call(actual, std::span<std::pair<std::string, Value> const>(arguments), evaluation);
  } else {
    auto const node =
        find_node(model, invocable, "", {type == "bkm" ? GraphNode::Kind::knowledge : GraphNode::Kind::service});
    if (!node) {
      outcome.actual = "the model has no " + type + " \"" + invocable + "\"";
      return outcome;
    }
    actual = call(run.value(*node), std::span<std::pair<std::string, Value> const>(arguments), evaluation);
    // A service with several outputs gives a context; a result may name one of them.
    if (model.nodes[*node].texts.front().outputs.size() > 1 && outcome.node != invocable) {
      auto const* entries = actual.as_context();
      auto const* entry = entries == nullptr ? nullptr : entries->find(outcome.node);
      if (entry != nullptr) actual = Value(*entry);
    }
  }
  outcome.actual = to_string(actual);
  outcome.passed = agrees(expected, actual);
  return outcome;
}

TestResult KitRunner::run_on_pack(Pack const& pack, XmlElement const& test, XmlElement const& result, Date on)
{
  TestResult outcome;
  outcome.node = normal_name(attribute_or(result, "name", ""));
  RecordBuilder builder;
  for (auto const& child : test.children) {
    if (child.name != "inputNode") continue;
    auto value = kit_value(child, false);
    if (!value.is_none()) builder.set(fact_name(attribute_or(child, "name", "")), std::move(value));
  }
  auto const record = std::move(builder).build(limits_);
  auto const wrong = record ? misspelt_facts(pack.schema(), *record) : record.diagnostics();
  if (!wrong.empty()) {
    outcome.actual = to_string(wrong);
    return outcome;
  }
  DecideOptions options;
  options.limits = limits_;
  options.include_unverified = prefixed(test, "unverified") == "true";
  auto const verdict = pack.decide(outcome.node, *record, on, options);
  auto const wanted = prefixed(result, "outcome");
  std::string actual(to_string(verdict.outcome));
  if (verdict.outcome == Outcome::known) actual = to_string(verdict.value);
  if (verdict.fault) actual += ": " + verdict.fault->what;
  if (!verdict.missing.empty()) {
    actual += " (missing:";
    for (auto const& name : verdict.missing) actual += " " + name;
    actual += ")";
  }
  outcome.actual = std::move(actual);
  if (!wanted.empty() && wanted != "known") {
    outcome.expected = wanted;
    outcome.passed = wanted == to_string(verdict.outcome);
    return outcome;
  }
  auto const* expected_element = result.child("expected");
  auto const expected = expected_element == nullptr ? Value() : kit_value(*expected_element, true);
  outcome.expected = to_string(expected);
  outcome.passed = verdict.outcome == Outcome::known && agrees(expected, verdict.value);
  return outcome;
}

void KitRunner::run_case(Subject const& subject, XmlElement const& element, std::string const& file)
{
  TestCase test;
  test.file = file;
  test.id = attribute_or(element, "id", "");
  if (auto const* description = element.child("description")) test.description = trimmed_text(*description).text;
  auto const said = prefixed(element, "on");
  auto const day = parse_date(said);
  auto const on = day.value_or(on_);
  for (auto const& child : element.children) {
    if (child.name != "resultNode") continue;
    if (!said.empty() && !day) {
      test.results.push_back(
          {attribute_or(child, "name", ""), false, "", "tutela:on is no date; write it as 2026-03-01"});
    } else if (subject.pack) {
      test.results.push_back(run_on_pack(*subject.pack, element, child, on));
    } else if (subject.model) {
      test.results.push_back(run_on_model(*subject.model, subject.model, element, child, on));
    } else {
      test.results.push_back({attribute_or(child, "name", ""), false, "", "the model could not be loaded"});
    }
  }
  ++(test.passed() ? report_.passed : report_.failed);
  report_.cases.push_back(std::move(test));
}

void KitRunner::run_file(std::filesystem::path const& file)
{
  auto text = read_file(file.string(), limits_);
  if (!text) {
    for (auto const& diagnostic : text.diagnostics()) report_.diagnostics.push_back(diagnostic);
    return;
  }
  auto const content = *std::move(text);
  // Other XML files may lie in the same folders.
  if (content.find("testCases") == std::string::npos) return;
  auto const root = parse_xml(content, file.string(), limits_);
  if (!root) {
    for (auto const& diagnostic : root.diagnostics()) report_.diagnostics.push_back(diagnostic);
    return;
  }
  if (root->name != "testCases") return;
  auto const* model_element = root->child("modelName");
  auto const model_name = model_element == nullptr ? file.stem().string() + ".dmn" : trimmed_text(*model_element).text;
  auto const& loaded = subject(file, model_name);
  for (auto const& child : root->children)
    if (child.name == "testCase") run_case(loaded, child, file.string());
}

TestReport KitRunner::take() && { return std::move(report_); }

}  // namespace
}  // namespace tutela::detail

namespace tutela::inline v0 {

bool TestCase::passed() const noexcept
{
  return std::all_of(results.begin(), results.end(), [](TestResult const& result) { return result.passed; });
}

Result<TestReport> run_test_cases(std::string const& path, Limits const& limits, Date on)
{
  std::error_code failed;
  std::vector<std::filesystem::path> files;
  if (std::filesystem::is_directory(path, failed)) {
    for (std::filesystem::recursive_directory_iterator entry(path, failed), end; !failed && entry != end;
         entry.increment(failed))
      if (entry->is_regular_file() && entry->path().extension() == ".xml") files.push_back(entry->path());
  } else if (std::filesystem::exists(path, failed)) {
    files.emplace_back(path);
  } else {
    return Diagnostic{Code::not_found, Severity::error, {path, 0, 0, {}}, "there is no such file or folder", ""};
  }
  if (failed) return Diagnostic{Code::unreadable, Severity::error, {path, 0, 0, {}}, "the folder cannot be read", ""};
  std::sort(files.begin(), files.end());
  detail::KitRunner runner(limits, on);
  for (auto const& file : files) runner.run_file(file);
  return std::move(runner).take();
}

}  // namespace tutela::inline v0
