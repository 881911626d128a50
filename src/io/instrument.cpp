// SPDX-License-Identifier: Apache-2.0
#include <tutela/io/instrument.hpp>

#include <nlohmann/json.hpp>

#include "io/instrument_names.hpp"
#include "io/json_reader.hpp"
#include "packs/shipped.hpp"

namespace tutela::inline v0 {

namespace {

namespace names = detail::instrument_names;
using detail::json_pointer;
using detail::JsonContext;
using detail::JsonNode;
using detail::JsonObject;
using Operation = ScoreExpression::Operation;

/// A text that begins as a number does is a constant; any other is a name.
bool is_constant(std::string const& text)
{
  return !text.empty() && ((text.front() >= '0' && text.front() <= '9') || text.front() == '-' || text.front() == '.');
}

class Reader {
 public:
  explicit Reader(JsonContext& context) : context_(context) {}

  InstrumentDescription read(JsonObject& root)
  {
    InstrumentDescription result;
    result.id = root.text("id");
    result.version = root.text("version");
    result.title = root.localized("title");
    result.status = root.one_of<InstrumentStatus>("status", names::statuses);
    result.outcome = root.one_of<InstrumentOutcome>("outcome", names::outcomes);
    root.object("rights", [&](JsonObject& object) {
      result.rights.holder = object.text("holder");
      result.rights.licence = object.text("licence");
      result.rights.notice = object.optional_text("notice").value_or("");
      result.rights.consent_needed = object.boolean("consent_needed");
    });
    root.each("sources", [&](JsonObject& object) { result.sources.push_back(object.as_citation()); });
    result.verified = root.optional_text("verified").value_or("");
    result.norm = root.localized("norm");
    root.object("age_rule", [&](JsonObject& object) {
      result.age_rule.leapling = object.one_of<Leapling>("leapling", names::leaplings);
      result.age_rule.reached = object.one_of<AgeReached>("reached", names::moments);
    });
    root.object("applicability", [&](JsonObject& object) { result.applicability = applicability(object); });
    root.each("facts", [&](JsonObject& object) { result.facts.push_back(fact(object)); });
    root.optional_each("constraints", [&](JsonObject& object) {
      result.constraints.push_back(
          {object.optional_texts("order"), conditions(object, "never"), object.localized("reason")});
    });
    root.optional_each("quantities", [&](JsonObject& object) { result.quantities.push_back(quantity(object)); });
    root.optional_each("items", [&](JsonObject& object) { result.items.push_back(quantity(object)); });
    if (auto const* node = root.find("total")) result.total = expression(*node, json_pointer(root.pointer(), "total"));
    result.total_unit = root.text("total_unit");
    root.optional_each("outputs", [&](JsonObject& object) {
      ScoreOutputDescription output;
      output.quantity = quantity(object);
      output.unit = object.text("unit");
      output.horizon = object.optional_text("horizon").value_or("");
      output.decimals = static_cast<int>(object.integer("decimals", 0, 12));
      result.outputs.push_back(std::move(output));
    });
    result.band_of = root.optional_text("band_of").value_or("");
    root.optional_each("bands", [&](JsonObject& object) { result.bands.push_back(band(object)); });
    root.optional_each("norms", [&](JsonObject& object) { result.norms.push_back(norm(object)); });
    result.printed_minimum = root.optional_text("printed_minimum");
    result.printed_maximum = root.optional_text("printed_maximum");
    root.optional_each("cases", [&](JsonObject& object) { result.cases.push_back(check_case(object, result.facts)); });
    return result;
  }

 private:
  void error(Code code, std::string pointer, std::string what, std::string mend = {})
  {
    context_.diagnostics.error(code, Place{context_.file, 0, 0, std::move(pointer)}, std::move(what), std::move(mend));
  }

  Applicability applicability(JsonObject& object)
  {
    Applicability result;
    result.population = object.localized("population");
    result.jurisdictions = object.optional_texts("jurisdictions");
    result.recorded_act = object.optional_texts("recorded_act");
    object.optional_each("rules", [&](JsonObject& rule) {
      result.rules.push_back({rule.text("id"), conditions(rule, "refuse"), rule.localized("reason"),
                              rule.optional_boolean("even_for_research").value_or(false)});
    });
    return result;
  }

  static ScoreBand band(JsonObject& object)
  {
    return {object.text("id"), object.localized("label"), object.optional_text("from"), object.optional_text("below")};
  }

  ScoreNorm norm(JsonObject& object)
  {
    ScoreNorm result;
    result.id = object.text("id");
    result.label = object.localized("label");
    result.jurisdictions = object.optional_texts("jurisdictions");
    result.from = object.optional_date("from");
    result.until = object.optional_date("until");
    result.when = conditions(object, "when");
    object.each("bands", [&](JsonObject& one) { result.bands.push_back(band(one)); });
    object.optional_each("sources", [&](JsonObject& one) { result.sources.push_back(one.as_citation()); });
    return result;
  }

  InstrumentFact fact(JsonObject& object)
  {
    InstrumentFact result;
    auto& declaration = result.declaration;
    result.id = object.text("id");
    declaration.name = object.optional_text("fact").value_or("");
    result.feel = object.optional_text("feel").value_or("");
    if (declaration.name.empty() && !result.feel.empty()) declaration.name = result.id;
    declaration.type = object.one_of<Kind>("type", names::types);
    declaration.label = object.localized("label");
    declaration.question = object.optional_localized("question");
    declaration.category = object.text("category");
    declaration.sensitivity =
        object.optional_one_of<Sensitivity>("sensitivity", names::sensitivities).value_or(Sensitivity::personal);
    declaration.changeable = object.optional_boolean("changeable").value_or(false);
    declaration.is_protected = object.optional_boolean("protected").value_or(false);
    declaration.unit = object.optional_text("unit").value_or("");
    if (declaration.type == Kind::string)
      for (auto& word : object.optional_texts("values")) declaration.allowed.emplace_back(std::move(word));
    if (declaration.type == Kind::date || declaration.type == Kind::number) {
      for (auto const* end : {"from", "to"}) {
        auto const value = fact_value(declaration.type, Value(object.text(end)), json_pointer(object.pointer(), end));
        (end == std::string_view("from") ? declaration.range.low : declaration.range.high) = value;
      }
    }
    if (declaration.type == Kind::number)
      result.decimals = static_cast<int>(object.optional_integer("decimals", 0, 9).value_or(0));
    read_missing(object, result);
    if (object.find("when_none") != nullptr)
      result.when_none =
          fact_value(declaration.type, object.value("when_none"), json_pointer(object.pointer(), "when_none"));
    return result;
  }

  void read_missing(JsonObject& object, InstrumentFact& fact)
  {
    auto const* node = object.find("missing");
    if (node == nullptr) {
      object.error(Code::missing_key, {}, "the fact does not say what becomes of it when it is missing",
                   "add \"missing\": \"bounds\", or \"missing\": {\"assume\": value} where the source says so");
      return;
    }
    auto const pointer = json_pointer(object.pointer(), "missing");
    if (node->kind == JsonNode::Kind::object) {
      JsonObject rule(*node, pointer, context_);
      fact.missing = MissingRule::assume;
      if (rule.has("assume"))
        fact.assumed = fact_value(fact.declaration.type, rule.value("assume"), json_pointer(pointer, "assume"));
    } else if (node->kind != JsonNode::Kind::string || node->text != "bounds") {
      error(Code::not_allowed, pointer, "this is no rule for a missing fact", "use \"bounds\" or {\"assume\": value}");
    }
  }

  /// A JSON value as a value of a fact: dates and numbers are written as text.
  Value fact_value(Kind type, Value const& value, std::string const& pointer)
  {
    auto const* text = value.as_string();
    if (type == Kind::date && text != nullptr) {
      if (auto const date = parse_date(*text)) return Value(*date);
      error(Code::invalid_date, pointer, "this is not a date of the calendar", "write it as 2026-03-01");
    } else if (type == Kind::number && text != nullptr) {
      if (auto const number = Decimal::parse(*text)) return Value(*number);
      error(Code::invalid_number, pointer, "this is not a decimal number");
    }
    return value;
  }

  ScoreQuantity quantity(JsonObject& object)
  {
    ScoreQuantity result;
    result.id = object.text("id");
    result.label = object.optional_localized("label");
    result.when = conditions(object, "when");
    if (auto const* node = object.find("value"))
      result.value = expression(*node, json_pointer(object.pointer(), "value"));
    else
      object.missing("value");
    object.optional_object("direction", [&](JsonObject& map) {
      for (auto const& key : map.all_keys())
        result.direction.emplace_back(key, map.one_of<int>(key, names::directions));
    });
    object.optional_object("largest_step", [&](JsonObject& map) {
      for (auto const& key : map.all_keys()) result.largest_step.emplace_back(key, map.text(key));
    });
    return result;
  }

  ScoreConditions conditions(JsonObject& object, std::string_view key)
  {
    ScoreConditions result;
    object.optional_object(key, [&](JsonObject& map) {
      for (auto const& name : map.all_keys()) {
        auto const* node = map.find(name);
        if (node == nullptr) {
          map.error(Code::wrong_type, name, "a condition is missing");
          continue;
        }
        result.push_back(condition(name, *node, json_pointer(map.pointer(), name)));
      }
    });
    return result;
  }

  ScoreCondition condition(std::string const& name, JsonNode const& node, std::string const& pointer)
  {
    ScoreCondition result;
    result.of = name;
    if (node.kind == JsonNode::Kind::object) {
      JsonObject range(node, pointer, context_);
      result.from = range.optional_text("from");
      result.above = range.optional_text("above");
      result.to = range.optional_text("to");
      result.below = range.optional_text("below");
    } else if (node.kind == JsonNode::Kind::array) {
      for (std::size_t k = 0; k < node.children.size(); ++k)
        add_word(result, node.children[k], json_pointer(pointer, std::to_string(k)));
      if (node.children.empty()) error(Code::wrong_type, pointer, "the list of values is empty");
    } else {
      add_word(result, node, pointer);
    }
    if (!result.words.empty() && !result.equals.empty())
      error(Code::wrong_type, pointer, "a condition names either choices or numbers, not both");
    return result;
  }

  void add_word(ScoreCondition& condition, JsonNode const& node, std::string const& pointer)
  {
    if (node.kind == JsonNode::Kind::boolean)
      condition.words.emplace_back(node.boolean ? "true" : "false");
    else if (node.kind == JsonNode::Kind::string)
      (is_constant(node.text) ? condition.equals : condition.words).push_back(node.text);
    else
      error(Code::wrong_type, pointer, "a choice, a flag, a number written as text, or a range is expected here");
  }

  ScoreExpression expression(JsonNode const& node, std::string const& pointer)
  {
    ScoreExpression result;
    if (node.kind == JsonNode::Kind::string) {
      if (is_constant(node.text)) {
        result.constants.push_back(node.text);
      } else {
        result.operation = Operation::reference;
        result.name = node.text;
      }
      return result;
    }
    if (node.kind != JsonNode::Kind::object || node.keys.size() != 1) {
      error(Code::wrong_type, pointer,
            "an expression is a name, a number written as text, or an object with one operation");
      return result;
    }
    JsonObject object(node, pointer, context_);
    auto const& name = object.all_keys().front();
    auto const place = json_pointer(pointer, name);
    auto const& content = node.children.front();
    for (auto const& [known, operation] : names::operations) {
      if (known != name) continue;
      result.operation = operation;
      read_operation(result, content, place);
      return result;
    }
    error(
        Code::unknown_key, place, "there is no such operation",
        "use one of: years, months, linear, product, polynomial, log_ratio, maximum, minimum, round, logistic, table");
    return result;
  }

  void read_operation(ScoreExpression& result, JsonNode const& content, std::string const& pointer)
  {
    switch (result.operation) {
      case Operation::logistic: result.arguments.push_back(expression(content, pointer)); return;
      case Operation::linear: {
        JsonObject object(content, pointer, context_);
        result.constants.push_back(object.optional_text("constant").value_or("0"));
        object.object("terms", [&](JsonObject& terms) {
          for (auto const& name : terms.all_keys()) {
            ScoreExpression reference;
            reference.operation = Operation::reference;
            reference.name = name;
            result.arguments.push_back(std::move(reference));
            result.constants.push_back(terms.text(name));
          }
        });
        return;
      }
      case Operation::polynomial: {
        JsonObject object(content, pointer, context_);
        add_argument(result, object, "of");
        result.constants = object.optional_texts("coefficients");
        return;
      }
      case Operation::round: {
        JsonObject object(content, pointer, context_);
        add_argument(result, object, "of");
        result.places = static_cast<int>(object.integer("places", 0, 12));
        result.rounding = object.one_of<Rounding>("rounding", names::roundings);
        return;
      }
      default: break;
    }
    if (content.kind != JsonNode::Kind::array) {
      error(Code::wrong_type, pointer, "an array is expected here");
      return;
    }
    for (std::size_t k = 0; k < content.children.size(); ++k) {
      auto const place = json_pointer(pointer, std::to_string(k));
      if (result.operation != Operation::table) {
        result.arguments.push_back(expression(content.children[k], place));
        continue;
      }
      JsonObject row(content.children[k], place, context_);
      ScoreTableRow read{conditions(row, "when"), {}};
      if (auto const* value = row.find("value"))
        read.value = expression(*value, json_pointer(place, "value"));
      else
        row.missing("value");
      result.rows.push_back(std::move(read));
    }
  }

  void add_argument(ScoreExpression& result, JsonObject& object, std::string_view key)
  {
    if (auto const* node = object.find(key))
      result.arguments.push_back(expression(*node, json_pointer(object.pointer(), key)));
    else
      object.missing(key);
  }

  CheckCase check_case(JsonObject& object, std::vector<InstrumentFact> const& facts)
  {
    CheckCase result;
    result.id = object.text("id");
    RecordBuilder builder;
    object.object("facts", [&](JsonObject& map) {
      for (auto const& key : map.all_keys()) {
        InstrumentFact const* declared = nullptr;
        for (auto const& one : facts)
          if (one.id == key) declared = &one;
        if (declared == nullptr) {
          map.error(Code::unknown_item, key, "the instrument has no such fact");
          continue;
        }
        builder.set(declared->declaration.name,
                    fact_value(declared->declaration.type, map.value(key), json_pointer(map.pointer(), key)));
      }
    });
    auto record = std::move(builder).build();
    if (record)
      result.facts = *std::move(record);
    else
      for (auto const& found : record.diagnostics()) object.error(found.code, "facts", found.what, found.mend);
    object.optional_object("expect", [&](JsonObject& map) {
      for (auto const& key : map.all_keys()) result.expected.emplace_back(key, map.text(key));
    });
    result.band = object.optional_text("band");
    result.tolerance = object.optional_text("tolerance").value_or("1e-12");
    result.source = object.optional_citation("source");
    result.jurisdiction = object.optional_text("jurisdiction").value_or("");
    result.on = object.optional_date("on");
    return result;
  }

  JsonContext& context_;
};

}  // namespace

Result<Instrument> parse_instrument(std::string_view json, std::string const& file, Limits const& limits)
{
  auto parsed = detail::parse_json(json, file, limits);
  if (!parsed) return std::move(parsed).diagnostics();
  Diagnostics diagnostics(limits.diagnostics);
  JsonContext context{file, diagnostics};
  InstrumentDescription description;
  {
    JsonObject root(*parsed, {}, context);
    if (!root.expect_format(names::format)) return std::move(diagnostics).take();
    description = Reader(context).read(root);
  }
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  return Instrument::build(std::move(description), file, limits);
}

Result<Instrument> load_instrument(std::string const& path_or_id, Limits const& limits)
{
  std::string shipped;
  // The identifier uk/ogrs3 stands for uk/ogrs3/ogrs3.instrument.json; a pack of several has more files in its folder.
  for (auto const& file : detail::shipped_files()) {
    constexpr std::string_view ending = ".instrument.json";
    if (!file.path.ends_with(ending)) continue;
    auto const jurisdiction = file.path.substr(0, file.path.find('/'));
    auto const slash = file.path.rfind('/') + 1;
    auto const name = file.path.substr(slash, file.path.size() - slash - ending.size());
    auto const id = std::string(jurisdiction) + "/" + std::string(name);
    if (path_or_id == id) return parse_instrument(file.text, std::string(file.path), limits);
    shipped += (shipped.empty() ? "" : ", ") + id;
  }
  auto text = detail::read_file(path_or_id, limits);
  if (!text) {
    auto wrong = std::move(text).diagnostics();
    if (wrong.front().code == Code::not_found)
      wrong.front() = {Code::not_found,
                       Severity::error,
                       {path_or_id, 0, 0, {}},
                       "there is no such file or shipped instrument",
                       "use a path, or a shipped instrument: " + shipped};
    return wrong;
  }
  return parse_instrument(*text, path_or_id, limits);
}

}  // namespace tutela::inline v0
