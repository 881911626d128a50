// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <tutela/io/instrument.hpp>
#include <tutela/io/pmml.hpp>

#include "risk/program.hpp"

namespace tutela::inline v0 {

namespace {

using Operation = ScoreExpression::Operation;

struct TextWriter final : pugi::xml_writer {
  std::string text;
  void write(void const* data, std::size_t size) override { text.append(static_cast<char const*>(data), size); }
};

pugi::xml_node add(pugi::xml_node parent, char const* name) { return parent.append_child(name); }

void set(pugi::xml_node node, char const* name, std::string const& value)
{
  node.append_attribute(name).set_value(value.c_str());
}

/// A word of a PMML array: quoted, with its quotes and backslashes escaped.
std::string quoted(std::string const& word)
{
  std::string text = "\"";
  for (char const sign : word) {
    if (sign == '"' || sign == '\\') text += '\\';
    text += sign;
  }
  return text + '"';
}

/// Writes one instrument; what cannot be said is collected.
class Writer {
 public:
  explicit Writer(Instrument const& instrument) : description_(instrument.description()), program_(instrument.program())
  {
  }

  Result<std::string> run()
  {
    look_for_what_is_lost();
    auto root = add(document_, "PMML");
    set(root, "xmlns", "http://www.dmg.org/PMML-4_4");
    set(root, "version", "4.4");
    auto header = add(root, "Header");
    set(header, "copyright", description_.rights.holder);
    set(header, "description", description_.title.in(Language::en));
    set(add(header, "Application"), "name", "tutela");
    write_dictionary(add(root, "DataDictionary"));
    write_scorecard(add(root, "Scorecard"));
    if (found_.has_errors()) return std::move(found_).take();
    TextWriter out;
    document_.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
    return Result<std::string>(std::move(out.text), std::move(found_).take());
  }

 private:
  void lost(std::string const& pointer, char const* what)
  {
    found_.warning(Code::unsupported, Place{{}, 0, 0, pointer}, what, "");
  }
  void refuse(std::string const& pointer, char const* what)
  {
    found_.error(Code::unsupported, Place{{}, 0, 0, pointer}, what, "");
  }

  void look_for_what_is_lost()
  {
    if (description_.total) refuse("/total", "a Scorecard adds its characteristics up and cannot join them otherwise");
    if (description_.items.empty()) refuse("/items", "a Scorecard needs an item");
    if (!description_.bands.empty()) lost("/bands", "bands are in the extension; other engines do not see them");
    if (!description_.norms.empty()) lost("/norms", "norms are in the extension; other engines do not see them");
    if (!description_.outputs.empty()) lost("/outputs", "outputs are in the extension; other engines give the total");
    if (!description_.constraints.empty())
      lost("/constraints", "constraints are in the extension; other engines do not check them");
    if (!description_.applicability.rules.empty() || !description_.applicability.recorded_act.empty())
      lost("/applicability", "limits of use are in the extension; other engines score anybody");
  }

  static std::string pointer_of(char const* list, std::size_t index)
  {
    return std::string("/") + list + "/" + std::to_string(index);
  }

  void write_dictionary(pugi::xml_node dictionary)
  {
    set(dictionary, "numberOfFields", std::to_string(description_.facts.size() + 1));
    for (std::size_t k = 0; k < description_.facts.size(); ++k) {
      auto const& fact = description_.facts[k];
      auto field = add(dictionary, "DataField");
      set(field, "name", fact.declaration.name);
      auto const type = fact.declaration.type;
      if (!fact.feel.empty()) refuse(pointer_of("facts", k) + "/feel", "PMML has no FEEL expressions");
      bool const is_number = type == Kind::number;
      set(field, "optype", is_number ? "continuous" : "categorical");
      set(field, "dataType",
          is_number               ? fact.decimals > 0 ? "double" : "integer"
          : type == Kind::boolean ? "boolean"
                                  : "string");
      if (is_number) {
        auto interval = add(field, "Interval");
        set(interval, "closure", "closedClosed");
        auto const* low = fact.declaration.range.low.as_number();
        auto const* high = fact.declaration.range.high.as_number();
        if (low != nullptr) set(interval, "leftMargin", low->to_string());
        if (high != nullptr) set(interval, "rightMargin", high->to_string());
      } else if (type == Kind::string) {
        for (auto const& choice : fact.declaration.allowed) set(add(field, "Value"), "value", *choice.as_string());
      } else if (type == Kind::date) {
        refuse(pointer_of("facts", k), "a Scorecard cannot count years or months between dates");
      }
    }
    auto score = add(dictionary, "DataField");
    set(score, "name", target);
    set(score, "optype", "continuous");
    set(score, "dataType", "double");
  }

  static std::string text_of(Value const& value)
  {
    if (auto const* text = value.as_string()) return *text;
    if (auto const* number = value.as_number()) return number->to_string();
    if (auto const* flag = value.as_boolean()) return *flag ? "true" : "false";
    return {};
  }

  void write_scorecard(pugi::xml_node card)
  {
    set(card, "modelName", description_.id);
    set(card, "functionName", "regression");
    set(card, "algorithmName", "tutela");
    set(card, "initialScore", "0");
    set(card, "useReasonCodes", "true");
    set(card, "reasonCodeAlgorithm", "pointsAbove");
    set(card, "baselineMethod", "min");
    auto schema = add(card, "MiningSchema");
    auto extension = add(schema, "Extension");
    set(extension, "extender", "tutela");
    set(extension, "name", "tutela-instrument/1");
    set(extension, "value", head());
    for (auto const& fact : description_.facts) {
      auto field = add(schema, "MiningField");
      set(field, "name", fact.declaration.name);
      set(field, "usageType", "active");
      set(field, "invalidValueTreatment", "returnInvalid");
      if (fact.missing == MissingRule::assume && fact.assumed) {
        set(field, "missingValueReplacement", text_of(*fact.assumed));
        set(field, "missingValueTreatment", "asValue");
      } else {
        set(field, "missingValueTreatment", "returnInvalid");
      }
    }
    auto predicted = add(schema, "MiningField");
    set(predicted, "name", target);
    set(predicted, "usageType", "target");
    write_output(add(card, "Output"));
    auto characteristics = add(card, "Characteristics");
    for (std::size_t k = 0; k < description_.items.size(); ++k) write_item(characteristics, k);
  }

  static void write_output(pugi::xml_node output)
  {
    auto total = add(output, "OutputField");
    set(total, "name", "total");
    set(total, "optype", "continuous");
    set(total, "dataType", "double");
    set(total, "feature", "predictedValue");
    for (int rank = 1; rank <= 4; ++rank) {
      auto reason = add(output, "OutputField");
      set(reason, "name", "reason_" + std::to_string(rank));
      set(reason, "optype", "categorical");
      set(reason, "dataType", "string");
      set(reason, "feature", "reasonCode");
      set(reason, "rank", std::to_string(rank));
    }
  }

  /// The instrument file without what the Scorecard says itself.
  [[nodiscard]] std::string head() const
  {
    auto rest = description_;
    for (auto& item : rest.items) {
      item.when.clear();
      item.value = {};
      item.value.constants = {"0"};
    }
    return nlohmann::ordered_json::parse(to_json(rest)).dump();
  }

  struct Row {
    ScoreConditions when;
    std::string points;
  };

  /// The rows of an item that is a number or a table of numbers over facts.
  [[nodiscard]] std::optional<std::vector<Row>> written_rows(ScoreQuantity const& item) const
  {
    std::vector<Row> rows;
    if (item.value.operation == Operation::constant) rows.push_back({item.when, item.value.constants.front()});
    if (item.value.operation == Operation::table)
      for (auto const& row : item.value.rows) {
        if (row.value.operation != Operation::constant) return std::nullopt;
        Row both{item.when, row.value.constants.front()};
        both.when.insert(both.when.end(), row.when.begin(), row.when.end());
        rows.push_back(std::move(both));
      }
    for (auto const& row : rows)
      for (auto const& condition : row.when)
        if (fact_of(condition.of) == nullptr) return std::nullopt;
    if (rows.empty()) return std::nullopt;
    if (!item.when.empty()) rows.push_back({{}, "0"});
    return rows;
  }

  /// The rows of an item that is computed: one for each combination of the facts that it depends on, where they are few.
  [[nodiscard]] std::optional<std::vector<Row>> tried_rows(std::uint32_t step) const
  {
    constexpr std::int64_t most = 200;
    std::vector<std::size_t> facts;
    std::int64_t count = 1;
    for (std::size_t k = 0; k < program_.domains.size(); ++k) {
      if ((program_.steps[step].facts >> k & 1U) == 0) continue;
      auto const& domain = program_.domains[k];
      if (description_.facts[k].declaration.type == Kind::date || domain.last - domain.first >= most)
        return std::nullopt;
      facts.push_back(k);
      count *= domain.last - domain.first + 1;
      if (count > most) return std::nullopt;
    }
    std::vector<double> values(program_.steps.size());
    for (std::size_t k = 0; k < program_.domains.size(); ++k)
      values[k] = program_.domains[k].value(program_.domains[k].first);
    std::vector<Row> rows;
    for (std::int64_t number = 0; number < count; ++number) {
      Row row;
      auto rest = number;
      for (auto const fact : facts) {
        auto const& domain = program_.domains[fact];
        auto const size = domain.last - domain.first + 1;
        auto const at = domain.first + rest % size;
        rest /= size;
        values[fact] = domain.value(at);
        row.when.push_back(condition_of(fact, at));
      }
      detail::evaluate(program_, std::span<double>(values));
      if (!std::isfinite(values[step])) return std::nullopt;
      row.points = nlohmann::json(values[step]).dump();  // the shortest decimal that is this double
      rows.push_back(std::move(row));
    }
    return rows;
  }

  [[nodiscard]] ScoreCondition condition_of(std::size_t fact, std::int64_t count) const
  {
    auto const& declared = description_.facts[fact];
    ScoreCondition condition;
    condition.of = declared.id;
    if (declared.declaration.type == Kind::string)
      condition.words = {*declared.declaration.allowed[static_cast<std::size_t>(count)].as_string()};
    else if (declared.declaration.type == Kind::boolean)
      condition.words = {count != 0 ? "true" : "false"};
    else
      condition.equals = {(Decimal(count) / *Decimal::parse("1e" + std::to_string(declared.decimals))).to_string()};
    return condition;
  }

  void write_item(pugi::xml_node characteristics, std::size_t index)
  {
    auto const& item = description_.items[index];
    auto const pointer = pointer_of("items", index);
    auto rows = written_rows(item);
    if (!rows) rows = tried_rows(program_.items[index]);
    if (!rows)
      return refuse(pointer + "/value", "the item is computed from dates, or from more than 200 combinations of facts");
    auto characteristic = add(characteristics, "Characteristic");
    set(characteristic, "name", item.id);
    set(characteristic, "reasonCode", item.id);
    auto const lowest = std::min_element(rows->begin(), rows->end(), [](Row const& a, Row const& b) {
      return *Decimal::parse(a.points) < *Decimal::parse(b.points);
    });
    set(characteristic, "baselineScore", lowest->points);
    for (auto const& row : *rows) {
      auto attribute = add(characteristic, "Attribute");
      set(attribute, "partialScore", row.points);
      write_conditions(attribute, row.when, pointer);
    }
  }

  [[nodiscard]] InstrumentFact const* fact_of(std::string const& id) const
  {
    for (auto const& fact : description_.facts)
      if (fact.id == id) return &fact;
    return nullptr;
  }

  /// A predicate and how it is written.
  struct Test {
    std::string field;
    std::string operation;  // empty for a set
    std::vector<std::string> values;
    bool words = false;
    bool whole = false;
  };

  void write_conditions(pugi::xml_node attribute, ScoreConditions when, std::string const& pointer)
  {
    std::stable_sort(when.begin(), when.end(),
                     [](ScoreCondition const& a, ScoreCondition const& b) { return a.of < b.of; });
    std::vector<Test> tests;
    for (auto const& condition : when) {
      auto const* fact = fact_of(condition.of);
      if (fact == nullptr) return refuse(pointer, "a Scorecard looks at facts only, not at quantities");
      auto const& field = fact->declaration.name;
      bool const words = !condition.words.empty();
      auto const& values = words ? condition.words : condition.equals;
      if (values.size() == 1) tests.push_back({field, "equal", values});
      if (values.size() > 1) tests.push_back({field, "", values, words, fact->decimals == 0});
      if (condition.from) tests.push_back({field, "greaterOrEqual", {*condition.from}});
      if (condition.above) tests.push_back({field, "greaterThan", {*condition.above}});
      if (condition.to) tests.push_back({field, "lessOrEqual", {*condition.to}});
      if (condition.below) tests.push_back({field, "lessThan", {*condition.below}});
    }
    if (tests.empty()) {
      add(attribute, "True");
      return;
    }
    auto parent = attribute;
    if (tests.size() > 1) {
      parent = add(attribute, "CompoundPredicate");
      set(parent, "booleanOperator", "and");
    }
    for (auto const& test : tests) write_test(parent, test);
  }

  static void write_test(pugi::xml_node parent, Test const& test)
  {
    if (!test.operation.empty()) {
      auto simple = add(parent, "SimplePredicate");
      set(simple, "field", test.field);
      set(simple, "operator", test.operation);
      set(simple, "value", test.values.front());
      return;
    }
    auto several = add(parent, "SimpleSetPredicate");
    set(several, "field", test.field);
    set(several, "booleanOperator", "isIn");
    auto array = add(several, "Array");
    set(array, "n", std::to_string(test.values.size()));
    set(array, "type", test.words ? "string" : test.whole ? "int" : "real");
    std::string text;
    for (auto const& value : test.values) text += (text.empty() ? "" : " ") + (test.words ? quoted(value) : value);
    array.text().set(text.c_str());
  }

  static constexpr char const* target = "score";

  InstrumentDescription const& description_;
  detail::InstrumentProgram const& program_;
  pugi::xml_document document_;
  Diagnostics found_;
};

}  // namespace

Result<std::string> to_pmml(Instrument const& instrument) { return Writer(instrument).run(); }

}  // namespace tutela::inline v0
