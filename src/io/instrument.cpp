// SPDX-License-Identifier: Apache-2.0
#include <tutela/io/instrument.hpp>

#include <array>
#include <cmath>

#include <nlohmann/json.hpp>

#include "io/json_reader.hpp"
#include "packs/shipped.hpp"

namespace tutela::inline v0 {

namespace {

using detail::json_pointer;
using detail::JsonContext;
using detail::JsonName;
using detail::JsonNode;
using detail::JsonObject;
using Operation = ScoreExpression::Operation;
using Json = nlohmann::ordered_json;

constexpr std::string_view format = "tutela-instrument/1";

constexpr std::array<JsonName<InstrumentStatus>, 3> statuses{{{"official", InstrumentStatus::official},
                                                              {"reproduced", InstrumentStatus::reproduced},
                                                              {"demo", InstrumentStatus::demo}}};
constexpr std::array<JsonName<InstrumentOutcome>, 4> outcomes{{{"reoffending", InstrumentOutcome::reoffending},
                                                               {"need", InstrumentOutcome::need},
                                                               {"service_level", InstrumentOutcome::service_level},
                                                               {"maltreatment", InstrumentOutcome::maltreatment}}};
constexpr std::array<JsonName<Leapling>, 2> leaplings{
    {{"on_28_february", Leapling::on_28_february}, {"on_1_march", Leapling::on_1_march}}};
constexpr std::array<JsonName<AgeReached>, 2> moments{
    {{"on_birthday", AgeReached::on_birthday}, {"day_after_birthday", AgeReached::day_after_birthday}}};
constexpr std::array<JsonName<Kind>, 4> types{
    {{"date", Kind::date}, {"number", Kind::number}, {"choice", Kind::string}, {"flag", Kind::boolean}}};
constexpr std::array<JsonName<Sensitivity>, 3> sensitivities{
    {{"ordinary", Sensitivity::ordinary}, {"personal", Sensitivity::personal}, {"sensitive", Sensitivity::sensitive}}};
constexpr std::array<JsonName<Rounding>, 7> roundings{{{"half_up", Rounding::half_up},
                                                       {"half_even", Rounding::half_even},
                                                       {"half_down", Rounding::half_down},
                                                       {"up", Rounding::up},
                                                       {"down", Rounding::down},
                                                       {"ceiling", Rounding::ceiling},
                                                       {"floor", Rounding::floor}}};
constexpr std::array<JsonName<int>, 2> directions{{{"up", 1}, {"down", -1}}};
constexpr std::array<JsonName<Operation>, 11> operations{{{"years", Operation::years},
                                                          {"months", Operation::months},
                                                          {"linear", Operation::linear},
                                                          {"product", Operation::product},
                                                          {"polynomial", Operation::polynomial},
                                                          {"log_ratio", Operation::log_ratio},
                                                          {"maximum", Operation::maximum},
                                                          {"minimum", Operation::minimum},
                                                          {"round", Operation::round},
                                                          {"logistic", Operation::logistic},
                                                          {"table", Operation::table}}};

template <class E, std::size_t n>
std::string name_of(std::array<JsonName<E>, n> const& names, E value)
{
  for (auto const& [name, one] : names)
    if (one == value) return std::string(name);
  return {};
}

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
    result.status = root.one_of<InstrumentStatus>("status", statuses);
    result.outcome = root.one_of<InstrumentOutcome>("outcome", outcomes);
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
      result.age_rule.leapling = object.one_of<Leapling>("leapling", leaplings);
      result.age_rule.reached = object.one_of<AgeReached>("reached", moments);
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
    declaration.type = object.one_of<Kind>("type", types);
    declaration.label = object.localized("label");
    declaration.question = object.optional_localized("question");
    declaration.category = object.text("category");
    declaration.sensitivity =
        object.optional_one_of<Sensitivity>("sensitivity", sensitivities).value_or(Sensitivity::personal);
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
      for (auto const& key : map.all_keys()) result.direction.emplace_back(key, map.one_of<int>(key, directions));
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
    for (auto const& [known, operation] : operations) {
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
        result.rounding = object.one_of<Rounding>("rounding", roundings);
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

Json write(Text const& text)
{
  Json result = Json::object();
  for (auto const language : all_languages)
    if (!text.exactly(language).empty()) result[std::string(to_string(language))] = text.exactly(language);
  return result;
}

Json write(Citation const& citation)
{
  Json result{{"act", citation.act}};
  if (!citation.article.empty()) result["article"] = citation.article;
  result["source"] = citation.source;
  result["grade"] = std::string(to_string(citation.grade));
  if (!citation.status.empty()) result["status"] = citation.status;
  if (citation.text_date) result["text_date"] = to_string(*citation.text_date);
  return result;
}

Json write(Value const& value)
{
  if (auto const* flag = value.as_boolean()) return *flag;
  if (auto const* text = value.as_string()) return *text;
  if (auto const* date = value.as_date()) return to_string(*date);
  if (auto const* number = value.as_number()) return number->to_string();
  return nullptr;
}

Json write(ScoreConditions const& conditions)
{
  Json result = Json::object();
  for (auto const& condition : conditions) {
    Json one = Json::object();
    if (!condition.words.empty() || !condition.equals.empty()) {
      one = Json::array();
      for (auto const& word : condition.words) {
        if (word == "true" || word == "false")
          one.push_back(word == "true");
        else
          one.push_back(word);
      }
      for (auto const& number : condition.equals) one.push_back(number);
      if (one.size() == 1) {
        Json const only = one.front();
        one = only;
      }
    } else {
      if (condition.from) one["from"] = *condition.from;
      if (condition.above) one["above"] = *condition.above;
      if (condition.to) one["to"] = *condition.to;
      if (condition.below) one["below"] = *condition.below;
    }
    result[condition.of] = one;
  }
  return result;
}

Json write(ScoreExpression const& expression)
{
  Json content;
  switch (expression.operation) {
    case Operation::constant: return expression.constants.empty() ? std::string("0") : expression.constants.front();
    case Operation::reference: return expression.name;
    case Operation::logistic: content = write(expression.arguments.front()); break;
    case Operation::linear: {
      content = Json::object();
      if (expression.constants.front() != "0") content["constant"] = expression.constants.front();
      content["terms"] = Json::object();
      for (std::size_t k = 0; k < expression.arguments.size(); ++k)
        content["terms"][expression.arguments[k].name] = expression.constants[k + 1];
      break;
    }
    case Operation::polynomial:
      content = Json{{"of", write(expression.arguments.front())}, {"coefficients", expression.constants}};
      break;
    case Operation::round:
      content = Json{{"of", write(expression.arguments.front())},
                     {"places", expression.places},
                     {"rounding", name_of(roundings, expression.rounding)}};
      break;
    case Operation::table:
      content = Json::array();
      for (auto const& row : expression.rows) {
        Json one = Json::object();
        if (!row.when.empty()) one["when"] = write(row.when);
        one["value"] = write(row.value);
        content.push_back(one);
      }
      break;
    default:
      content = Json::array();
      for (auto const& argument : expression.arguments) content.push_back(write(argument));
      break;
  }
  Json result = Json::object();
  result[name_of(operations, expression.operation)] = content;
  return result;
}

Json write(ScoreQuantity const& quantity)
{
  Json result{{"id", quantity.id}};
  if (!quantity.label.empty()) result["label"] = write(quantity.label);
  if (!quantity.when.empty()) result["when"] = write(quantity.when);
  result["value"] = write(quantity.value);
  for (auto const& [along, direction] : quantity.direction) result["direction"][along] = name_of(directions, direction);
  for (auto const& [along, largest] : quantity.largest_step) result["largest_step"][along] = largest;
  return result;
}

Json write(InstrumentFact const& fact)
{
  auto const& declaration = fact.declaration;
  Json result{{"id", fact.id}};
  if (!declaration.name.empty()) result["fact"] = declaration.name;
  if (!fact.feel.empty()) result["feel"] = fact.feel;
  result["type"] = name_of(types, declaration.type);
  if (declaration.type == Kind::string)
    for (auto const& value : declaration.allowed) result["values"].push_back(write(value));
  if (declaration.type == Kind::date || declaration.type == Kind::number) {
    result["from"] = write(declaration.range.low);
    result["to"] = write(declaration.range.high);
  }
  if (fact.decimals != 0) result["decimals"] = fact.decimals;
  if (!declaration.unit.empty()) result["unit"] = declaration.unit;
  if (fact.missing == MissingRule::bounds)
    result["missing"] = "bounds";
  else
    result["missing"]["assume"] = fact.assumed ? write(*fact.assumed) : Json(nullptr);
  if (fact.when_none) result["when_none"] = write(*fact.when_none);
  result["label"] = write(declaration.label);
  if (!declaration.question.empty()) result["question"] = write(declaration.question);
  result["category"] = declaration.category;
  if (declaration.sensitivity != Sensitivity::personal)
    result["sensitivity"] = name_of(sensitivities, declaration.sensitivity);
  if (declaration.changeable) result["changeable"] = true;
  if (declaration.is_protected) result["protected"] = true;
  return result;
}

Json write(CheckCase const& check, std::vector<InstrumentFact> const& facts)
{
  Json result{{"id", check.id}, {"facts", Json::object()}};
  for (auto const& fact : facts)
    if (auto const* found = check.facts.find(fact.declaration.name)) result["facts"][fact.id] = write(found->value);
  for (auto const& [output, value] : check.expected) result["expect"][output] = value;
  if (check.band) result["band"] = *check.band;
  result["tolerance"] = check.tolerance;
  if (check.source) result["source"] = write(*check.source);
  if (!check.jurisdiction.empty()) result["jurisdiction"] = check.jurisdiction;
  if (check.on) result["on"] = to_string(*check.on);
  return result;
}

Json write(ScoreBand const& band)
{
  Json result{{"id", band.id}, {"label", write(band.label)}};
  if (band.from) result["from"] = *band.from;
  if (band.below) result["below"] = *band.below;
  return result;
}

Json write(ScoreNorm const& norm)
{
  Json result{{"id", norm.id}, {"label", write(norm.label)}};
  if (!norm.jurisdictions.empty()) result["jurisdictions"] = norm.jurisdictions;
  if (norm.from) result["from"] = to_string(*norm.from);
  if (norm.until) result["until"] = to_string(*norm.until);
  if (!norm.when.empty()) result["when"] = write(norm.when);
  for (auto const& band : norm.bands) result["bands"].push_back(write(band));
  for (auto const& source : norm.sources) result["sources"].push_back(write(source));
  return result;
}

Json write(Applicability const& applicability)
{
  Json result{{"population", write(applicability.population)},
              {"jurisdictions", applicability.jurisdictions},
              {"recorded_act", applicability.recorded_act}};
  for (auto const& rule : applicability.rules) {
    Json one{{"id", rule.id}, {"refuse", write(rule.refuse)}, {"reason", write(rule.reason)}};
    if (rule.even_for_research) one["even_for_research"] = true;
    result["rules"].push_back(one);
  }
  return result;
}

/// A double in JSON, which has no infinity: an end that is not bounded is null.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

void write(Json& object, ScoreRange const& range)
{
  if (range.is_settled()) {
    object["value"] = number(range.lowest);
  } else {
    object["lowest"] = number(range.lowest);
    object["highest"] = number(range.highest);
  }
}

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
    if (!root.expect_format(format)) return std::move(diagnostics).take();
    description = Reader(context).read(root);
  }
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  return Instrument::build(std::move(description), file, limits);
}

Result<Instrument> load_instrument(std::string const& path_or_id, Limits const& limits)
{
  // The identifier uk/ogrs3 stands for uk/ogrs3/ogrs3.instrument.json; a pack of several has more files in its folder.
  for (auto const& file : detail::shipped_files()) {
    constexpr std::string_view ending = ".instrument.json";
    if (!file.path.ends_with(ending)) continue;
    auto const jurisdiction = file.path.substr(0, file.path.find('/'));
    auto const slash = file.path.rfind('/') + 1;
    auto const name = file.path.substr(slash, file.path.size() - slash - ending.size());
    if (path_or_id == std::string(jurisdiction) + "/" + std::string(name))
      return parse_instrument(file.text, std::string(file.path), limits);
  }
  auto text = detail::read_file(path_or_id, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_instrument(*text, path_or_id, limits);
}

std::string to_json(InstrumentDescription const& description)
{
  Json result{{"format", std::string(format)},
              {"id", description.id},
              {"version", description.version},
              {"title", write(description.title)},
              {"status", name_of(statuses, description.status)},
              {"outcome", name_of(outcomes, description.outcome)}};
  auto const& rights = description.rights;
  result["rights"] = Json{{"holder", rights.holder}, {"licence", rights.licence}};
  if (!rights.notice.empty()) result["rights"]["notice"] = rights.notice;
  result["rights"]["consent_needed"] = rights.consent_needed;
  for (auto const& source : description.sources) result["sources"].push_back(write(source));
  if (!description.verified.empty()) result["verified"] = description.verified;
  result["norm"] = write(description.norm);
  result["age_rule"] = Json{{"leapling", name_of(leaplings, description.age_rule.leapling)},
                            {"reached", name_of(moments, description.age_rule.reached)}};
  result["applicability"] = write(description.applicability);
  for (auto const& fact : description.facts) result["facts"].push_back(write(fact));
  for (auto const& constraint : description.constraints) {
    Json one = Json::object();
    if (!constraint.order.empty()) one["order"] = constraint.order;
    if (!constraint.never.empty()) one["never"] = write(constraint.never);
    one["reason"] = write(constraint.reason);
    result["constraints"].push_back(one);
  }
  for (auto const& quantity : description.quantities) result["quantities"].push_back(write(quantity));
  for (auto const& item : description.items) result["items"].push_back(write(item));
  if (description.total) result["total"] = write(*description.total);
  result["total_unit"] = description.total_unit;
  for (auto const& output : description.outputs) {
    Json one = write(output.quantity);
    one["unit"] = output.unit;
    if (!output.horizon.empty()) one["horizon"] = output.horizon;
    one["decimals"] = output.decimals;
    result["outputs"].push_back(one);
  }
  if (!description.band_of.empty()) result["band_of"] = description.band_of;
  for (auto const& band : description.bands) result["bands"].push_back(write(band));
  for (auto const& norm : description.norms) result["norms"].push_back(write(norm));
  if (description.printed_minimum) result["printed_minimum"] = *description.printed_minimum;
  if (description.printed_maximum) result["printed_maximum"] = *description.printed_maximum;
  for (auto const& check : description.cases) result["cases"].push_back(write(check, description.facts));
  return result.dump(2) + "\n";
}

std::string to_json(Score const& score)
{
  Json result{
      {"instrument", score.instrument}, {"version", score.version}, {"state", std::string(to_string(score.state))}};
  if (score.research) result["research"] = true;
  bool const has_number = score.state == ScoreState::known || score.state == ScoreState::open;
  if (has_number) {
    result["total"] = Json{{"unit", score.total_unit}};
    write(result["total"], score.total);
    for (auto const& output : score.outputs) {
      Json one{{"unit", output.unit}, {"decimals", output.decimals}};
      if (!output.horizon.empty()) one["horizon"] = output.horizon;
      write(one, output.value);
      result["outputs"][output.id] = one;
    }
    if (!score.band.empty()) result["band"] = score.band;
    if (score.possible_bands.size() > 1) result["possible_bands"] = score.possible_bands;
    if (!score.exact) result["exact"] = false;
    for (auto const& contribution : score.contributions) {
      Json one = Json::object();
      write(one, contribution.value);
      result["contributions"][contribution.item] = one;
    }
  }
  if (!score.missing.empty()) result["missing"] = score.missing;
  if (!score.uncertain.empty()) result["uncertain"] = score.uncertain;
  if (!score.assumed.empty()) result["assumed"] = score.assumed;
  result["categories"] = score.categories;
  result["norm"] = write(score.norm);
  if (!score.reason.empty()) result["reason"] = write(score.reason);
  for (auto const& diagnostic : score.diagnostics)
    result["diagnostics"].push_back(
        Json{{"code", to_string(diagnostic.code)}, {"place", diagnostic.place.pointer}, {"what", diagnostic.what}});
  return result.dump(2) + "\n";
}

}  // namespace tutela::inline v0
