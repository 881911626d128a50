// SPDX-License-Identifier: Apache-2.0
#include <tutela/io/pmml.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include <tutela/io/instrument.hpp>

#include "io/json_reader.hpp"
#include "rules/xml.hpp"

namespace tutela::inline v0 {

namespace {

using detail::XmlElement;
using Json = nlohmann::ordered_json;

constexpr std::size_t most_rows = 1000;
constexpr std::string_view widest = "1000000";  // where the file gives no range

std::string text_of(XmlElement const& element, std::string_view key)
{
  auto const* found = element.attribute(key);
  return found == nullptr ? std::string() : *found;
}

/// Small letters, digits and `_`, not beginning with a digit: an identifier of an instrument file.
std::string identifier_of(std::string const& name)
{
  std::string result;
  for (char const sign : name) {
    bool const upper = sign >= 'A' && sign <= 'Z';
    bool const kept = (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') || sign == '_';
    result += upper ? static_cast<char>(sign - 'A' + 'a') : kept ? sign : '_';
  }
  if (result.empty() || (result.front() >= '0' && result.front() <= '9')) result.insert(0, "c_");
  return result;
}

/// The words of a PMML array: parted by white space, quoted where they hold some.
std::vector<std::string> words_of(std::string_view text)
{
  std::vector<std::string> words;
  for (std::size_t k = 0; k < text.size();) {
    if (text[k] == ' ' || text[k] == '\n' || text[k] == '\t' || text[k] == '\r') {
      ++k;
      continue;
    }
    std::string word;
    bool const is_quoted = text[k] == '"';
    if (is_quoted) ++k;
    for (; k < text.size(); ++k) {
      if (is_quoted ? text[k] == '"' : (text[k] == ' ' || text[k] == '\n' || text[k] == '\t' || text[k] == '\r')) break;
      if (is_quoted && text[k] == '\\' && k + 1 < text.size()) ++k;
      word += text[k];
    }
    if (is_quoted) ++k;
    words.push_back(std::move(word));
  }
  return words;
}

/// What a data field declares.
struct Field {
  std::string id;
  std::string type;  // `number`, `choice` or `flag`
  std::vector<std::string> choices;
  std::string from;
  std::string to;
  int decimals = 0;
  std::string assumed;
  bool is_double = false;
  bool is_read = false;
  XmlElement const* element = nullptr;
};

/// Conditions on fields that must hold together.
using Conjunction = std::map<std::string, ScoreCondition>;

class PmmlReader {
 public:
  PmmlReader(std::string const& file, Limits const& limits) : file_(file), limits_(limits), found_(limits.diagnostics)
  {
  }

  Result<Instrument> run(XmlElement const& root)
  {
    auto const* dictionary = root.child("DataDictionary");
    auto const* card = root.child("Scorecard");
    if (root.name != "PMML" || dictionary == nullptr || card == nullptr) {
      error(root, Code::unsupported_format, "this is no PMML document with a Scorecard");
      return std::move(found_).take();
    }
    read_card(root, *dictionary, *card);
    if (found_.has_errors()) return std::move(found_).take();
    auto described = Json::parse(head_.empty() ? plain_head(root, *card) : head_, nullptr, false);
    if (described.is_discarded() || !described.is_object() || !merge_items(described)) {
      error(*card, Code::malformed, "the extension with the head of the instrument cannot be read");
      return std::move(found_).take();
    }
    auto instrument = parse_instrument(described.dump(), file_, limits_);
    if (!instrument) return std::move(instrument).diagnostics();
    if (!head_.empty()) compare_fields(*instrument, *card);
    if (found_.has_errors()) return std::move(found_).take();
    auto warnings = std::move(found_).take();
    for (auto const& one : instrument.diagnostics()) warnings.push_back(one);
    return Result<Instrument>(*std::move(instrument), std::move(warnings));
  }

 private:
  void error(XmlElement const& element, Code code, std::string what, std::string mend = {})
  {
    found_.error(code, Place{file_, element.line, element.column, {}}, std::move(what), std::move(mend));
  }
  void warning(XmlElement const& element, std::string what)
  {
    found_.warning(Code::unsupported, Place{file_, element.line, element.column, {}}, std::move(what));
  }

  void read_card(XmlElement const& root, XmlElement const& dictionary, XmlElement const& card)
  {
    for (auto const& child : root.children)
      if (&child != &card && child.name != "Header" && child.name != "DataDictionary" && child.name != "Extension" &&
          child.name != "MiningBuildTask")
        error(child, Code::unsupported, "beside the Scorecard stands " + child.name + ", which cannot be carried");
    for (auto const& child : card.children)
      if (child.name == "LocalTransformations" || child.name == "Targets")
        error(child, Code::unsupported, child.name + " cannot be carried: facts are taken as they are");
    if (text_of(card, "isScorable") == "false")
      error(card, Code::unsupported, "the file says that the Scorecard is not to be scored");
    read_fields(dictionary);
    if (auto const* schema = card.child("MiningSchema")) read_schema(*schema);
    auto const* characteristics = card.child("Characteristics");
    if (characteristics == nullptr) return error(card, Code::missing_key, "the Scorecard has no Characteristics");
    if (auto const initial = text_of(card, "initialScore"); !initial.empty()) {
      auto const points = Decimal::parse(initial);
      if (!points || !points->is_finite()) return error(card, Code::invalid_number, "the initial score is no number");
      if (*points != Decimal(0)) add_item(card, "initial_score", {}, Json(initial));
    }
    for (auto const& one : characteristics->children)
      if (one.name == "Characteristic") read_characteristic(one, text_of(card, "reasonCodeAlgorithm"));
  }

  void read_fields(XmlElement const& dictionary)
  {
    std::set<std::string> ids;
    for (auto const& element : dictionary.children) {
      if (element.name != "DataField") continue;
      Field field;
      field.element = &element;
      auto const name = text_of(element, "name");
      if (name.empty() || fields_.count(name) != 0) {
        error(element, Code::duplicate_id, "a data field without a name, or with that of another");
        continue;
      }
      field.id = identifier_of(name.substr(name.rfind('.') == std::string::npos ? 0 : name.rfind('.') + 1));
      while (!ids.insert(field.id).second) field.id += "_";
      auto const type = text_of(element, "dataType");
      field.is_double = type == "double" || type == "float";
      field.type = type == "boolean" ? "flag" : type == "string" ? "choice" : "number";
      for (auto const& child : element.children) {
        if (child.name == "Value" && text_of(child, "property") != "missing" && text_of(child, "property") != "invalid")
          field.choices.push_back(text_of(child, "value"));
        if (child.name != "Interval") continue;
        if (!field.from.empty()) error(child, Code::unsupported, "a field with several intervals cannot be carried");
        field.from = text_of(child, "leftMargin");
        field.to = text_of(child, "rightMargin");
        if (text_of(child, "closure") != "closedClosed")
          error(child, Code::unsupported, "only intervals with both ends in them can be carried");
      }
      if (type != "boolean" && type != "string" && type != "integer" && !field.is_double)
        field.type = "";  // an error only where it is read
      fields_.emplace(name, std::move(field));
    }
  }

  void read_schema(XmlElement const& schema)
  {
    for (auto const& element : schema.children) {
      if (element.name == "Extension" && text_of(element, "extender") == "tutela" &&
          text_of(element, "name") == "tutela-instrument/1") {
        auto const parsed = detail::parse_json(text_of(element, "value"), file_, limits_);
        for (auto const& one : parsed.diagnostics()) error(element, one.code, one.what, one.mend);
        if (!parsed) return;
        head_ = text_of(element, "value");
        take_identifiers();
      }
      if (element.name != "MiningField") continue;
      auto const usage = text_of(element, "usageType");
      if (!usage.empty() && usage != "active") continue;
      auto const field = fields_.find(text_of(element, "name"));
      if (field == fields_.end()) {
        error(element, Code::unknown_reference, "the data dictionary has no such field");
        continue;
      }
      field->second.is_read = true;
      field->second.assumed = text_of(element, "missingValueReplacement");
      if (field->second.type.empty())
        error(*field->second.element, Code::unsupported, "only numbers, texts and booleans can be carried");
      if (field->second.type == "choice" && field->second.choices.empty())
        error(*field->second.element, Code::unsupported, "a text without its values cannot be carried",
              "list them as Value");
      auto const outliers = text_of(element, "outliers");
      if (!outliers.empty() && outliers != "asIs")
        error(element, Code::unsupported, "the treatment of outliers cannot be carried");
    }
  }

  /// The head names facts by identifiers of its own.
  void take_identifiers()
  {
    auto const head = Json::parse(head_, nullptr, false);
    if (!head.is_object() || !head.contains("facts") || !head["facts"].is_array()) return;
    for (auto const& fact : head["facts"]) {
      if (!fact.is_object() || !fact.contains("id") || !fact["id"].is_string()) continue;
      auto const name = fact.contains("fact") && fact["fact"].is_string() ? fact["fact"] : fact["id"];
      auto const field = fields_.find(name.get<std::string>());
      if (field != fields_.end()) field->second.id = fact["id"].get<std::string>();
    }
  }

  void read_characteristic(XmlElement const& element, std::string const& algorithm)
  {
    auto const reason = text_of(element, "reasonCode");
    auto const name = text_of(element, "name").empty() ? reason : text_of(element, "name");
    Json rows = Json::array();
    std::optional<Decimal> lowest;
    for (auto const& attribute : element.children) {
      if (attribute.name != "Attribute") continue;
      if (attribute.child("ComplexPartialScore") != nullptr) {
        error(attribute, Code::unsupported, "points that are computed cannot be carried");
        continue;
      }
      if (auto const* own = attribute.attribute("reasonCode"); own != nullptr && *own != reason)
        warning(attribute, "the reason code of a single attribute is not carried; that of the characteristic is");
      auto const points = Decimal::parse(text_of(attribute, "partialScore"));
      if (!points || !points->is_finite()) {
        error(attribute, Code::invalid_number, "an attribute without points that are a number");
        continue;
      }
      if (!lowest || *points < *lowest) lowest = points;
      for (auto const& all : predicate_of(attribute)) rows.push_back(row_of(all, text_of(attribute, "partialScore")));
      if (rows.size() > most_rows) {
        error(attribute, Code::limit_reached, "more than 1000 rows in one characteristic");
        return;
      }
    }
    if (rows.empty())
      return error(element, Code::missing_key, "a characteristic without attributes that can be carried");
    if (auto const baseline = Decimal::parse(text_of(element, "baselineScore"));
        baseline && (*baseline != *lowest || algorithm == "pointsBelow"))
      warning(element, "reasons are measured from the lowest points; another baseline is not carried");
    bool const is_plain = rows.size() == 1 && !rows.front().contains("when");
    add_item(element, name.empty() ? "item" : name, reason,
             is_plain ? rows.front()["value"] : Json{{"table", std::move(rows)}});
  }

  void add_item(XmlElement const& element, std::string const& name, std::string const& reason, Json value)
  {
    auto id = identifier_of(name);
    if (!type_of(id).empty() || id == "total") id += "_points";
    while (!items_.emplace(id, Json()).second) id += "_";
    Json item{{"id", id}};
    item["label"] = Json{{"en", reason.empty() || reason == name ? name : name + " (" + reason + ")"}};
    item["value"] = std::move(value);
    if (order_.size() > 10'000) error(element, Code::limit_reached, "more than 10000 characteristics");
    items_[id] = std::move(item);
    order_.push_back(id);
  }

  // Predicates, as conjunctions of which one must hold.

  std::vector<Conjunction> predicate_of(XmlElement const& parent)
  {
    for (auto const& child : parent.children)
      if (child.name != "Extension") return disjunction(child);
    error(parent, Code::missing_key, "an attribute without a predicate");
    return {};
  }

  std::vector<Conjunction> disjunction(XmlElement const& element)
  {
    if (element.name == "True") return {{}};
    if (element.name == "False") return {};
    if (element.name == "SimplePredicate") return simple(element);
    if (element.name == "SimpleSetPredicate") return set_of(element);
    if (element.name == "CompoundPredicate") return compound(element);
    error(element, Code::unsupported, "the predicate " + element.name + " cannot be carried");
    return {};
  }

  std::vector<Conjunction> compound(XmlElement const& element)
  {
    auto const operation = text_of(element, "booleanOperator");
    if (operation != "and" && operation != "or") {
      error(element, Code::unsupported, "only \"and\" and \"or\" can be carried");
      return {};
    }
    bool const is_and = operation == "and";
    std::vector<Conjunction> result;
    if (is_and) result.emplace_back();
    for (auto const& child : element.children) {
      if (child.name == "Extension") continue;
      auto const more = disjunction(child);
      if (!is_and) {
        result.insert(result.end(), more.begin(), more.end());
      } else {
        std::vector<Conjunction> both;
        for (auto const& one : result)
          for (auto const& other : more) {
            if (both.size() > most_rows) break;
            auto joined = one;
            bool possible = true;
            for (auto const& [field, condition] : other) possible = possible && join(element, joined, condition);
            if (possible) both.push_back(std::move(joined));
          }
        result = std::move(both);
      }
      if (result.size() > most_rows) {
        error(element, Code::limit_reached, "a predicate of more than 1000 alternatives");
        return {};
      }
    }
    return result;
  }

  /// Adds a condition to others on the same field. \return False where both never hold together.
  bool join(XmlElement const& element, Conjunction& all, ScoreCondition const& more)
  {
    auto const [place, is_new] = all.emplace(more.of, more);
    if (is_new) return true;
    auto& one = place->second;
    if (!one.words.empty() && !more.words.empty()) {
      std::erase_if(one.words, [&](std::string const& word) {
        return std::find(more.words.begin(), more.words.end(), word) == more.words.end();
      });
      return !one.words.empty();
    }
    if (!one.equals.empty() || !more.equals.empty()) {
      error(element, Code::unsupported, "an equality and another condition on one number cannot be carried");
      return false;
    }
    auto const tighten = [](std::optional<std::string>& own, std::optional<std::string> const& other, bool lower) {
      if (!other) return;
      bool const tighter = !own || (lower ? *Decimal::parse(*own) < *Decimal::parse(*other)
                                          : *Decimal::parse(*other) < *Decimal::parse(*own));
      if (tighter) own = other;
    };
    tighten(one.from, more.from, true);
    tighten(one.above, more.above, true);
    tighten(one.to, more.to, false);
    tighten(one.below, more.below, false);
    if ((one.from && one.above) || (one.to && one.below)) {
      error(element, Code::unsupported, "two ends of one range, one open and one closed, cannot be carried");
      return false;
    }
    return true;
  }

  Field* field_of(XmlElement const& element)
  {
    auto const found = fields_.find(text_of(element, "field"));
    if (found != fields_.end() && found->second.is_read && !found->second.type.empty()) return &found->second;
    error(element, Code::unknown_reference, "the predicate looks at a field that is not active in the mining schema");
    return nullptr;
  }

  bool is_value(XmlElement const& element, Field& field, std::string const& value)
  {
    if (field.type == "flag" && (value == "true" || value == "false")) return true;
    if (field.type == "choice" && std::find(field.choices.begin(), field.choices.end(), value) != field.choices.end())
      return true;
    if (field.type == "number")
      if (auto const number = Decimal::parse(value); number && number->is_finite()) {
        auto const point = value.find('.');
        if (point != std::string::npos && value.find_first_of("eE") == std::string::npos)
          field.decimals = std::max(field.decimals, static_cast<int>(value.size() - point - 1));
        return true;
      }
    error(element, Code::not_allowed, "the predicate compares with a value that the field cannot have");
    return false;
  }

  static std::vector<std::string> others(Field const& field, std::vector<std::string> const& words)
  {
    auto all = field.type == "flag" ? std::vector<std::string>{"true", "false"} : field.choices;
    std::erase_if(all,
                  [&](std::string const& word) { return std::find(words.begin(), words.end(), word) != words.end(); });
    return all;
  }

  static std::vector<Conjunction> only(ScoreCondition condition)
  {
    auto const of = condition.of;
    return {{{of, std::move(condition)}}};
  }

  std::vector<Conjunction> simple(XmlElement const& element)
  {
    auto const operation = text_of(element, "operator");
    if (operation == "isMissing" || operation == "isNotMissing") {
      error(element, Code::unsupported, "points for a missing answer cannot be carried",
            "give the field a missingValueReplacement");
      return {};
    }
    auto* field = field_of(element);
    auto const value = text_of(element, "value");
    if (field == nullptr || !is_value(element, *field, value)) return {};
    ScoreCondition condition;
    condition.of = field->id;
    bool const is_number = field->type == "number";
    if (!is_number && (operation == "equal" || operation == "notEqual")) {
      condition.words = operation == "equal" ? std::vector{value} : others(*field, {value});
      return condition.words.empty() ? std::vector<Conjunction>{} : only(std::move(condition));
    }
    auto above = condition;
    if (operation == "equal") condition.equals = {value};
    if (operation == "lessThan" || operation == "notEqual") condition.below = value;
    if (operation == "lessOrEqual") condition.to = value;
    if (operation == "greaterOrEqual") condition.from = value;
    if (operation == "greaterThan" || operation == "notEqual") above.above = value;
    if (!is_number || (condition == above && operation != "notEqual")) {
      error(element, Code::unsupported, "this operator cannot be carried for this field");
      return {};
    }
    if (operation == "greaterThan") return only(std::move(above));
    auto result = only(std::move(condition));
    if (operation == "notEqual") result.push_back(only(std::move(above)).front());
    return result;
  }

  std::vector<Conjunction> set_of(XmlElement const& element)
  {
    auto* field = field_of(element);
    auto const* array = element.child("Array");
    auto const operation = text_of(element, "booleanOperator");
    if (field == nullptr || array == nullptr || (operation != "isIn" && operation != "isNotIn")) {
      if (field != nullptr) error(element, Code::unsupported, "only isIn and isNotIn with an Array can be carried");
      return {};
    }
    auto values = words_of(array->text);
    for (auto const& value : values)
      if (!is_value(element, *field, value)) return {};
    ScoreCondition condition;
    condition.of = field->id;
    if (field->type == "number") {
      if (operation == "isNotIn") {
        error(element, Code::unsupported, "isNotIn cannot be carried for numbers");
        return {};
      }
      condition.equals = std::move(values);
      return condition.equals.empty() ? std::vector<Conjunction>{} : only(std::move(condition));
    }
    condition.words = operation == "isIn" ? std::move(values) : others(*field, values);
    return condition.words.empty() ? std::vector<Conjunction>{} : only(std::move(condition));
  }

  [[nodiscard]] std::string type_of(std::string const& fact) const
  {
    for (auto const& [name, field] : fields_)
      if (field.id == fact) return field.type;
    return {};
  }

  Json row_of(Conjunction const& all, std::string const& points) const
  {
    Json row = Json::object();
    for (auto const& [fact, condition] : all) {
      Json when;
      auto const& values = condition.words.empty() ? condition.equals : condition.words;
      if (type_of(fact) == "flag") {
        if (condition.words.size() > 1) continue;  // any answer
        when = condition.words.front() == "true";
      } else if (!values.empty()) {
        when = values.size() == 1 ? Json(values.front()) : Json(values);
      } else {
        when = Json::object();
        if (condition.from) when["from"] = *condition.from;
        if (condition.above) when["above"] = *condition.above;
        if (condition.to) when["to"] = *condition.to;
        if (condition.below) when["below"] = *condition.below;
      }
      row["when"][fact] = std::move(when);
    }
    row["value"] = points;
    return row;
  }

  // The parts that PMML lacks.

  std::string plain_head(XmlElement const& root, XmlElement const& card)
  {
    auto const* header = root.child("Header");
    auto const holder = header == nullptr ? std::string() : text_of(*header, "copyright");
    auto name = text_of(card, "modelName");
    if (name.empty()) name = "scorecard";
    Json facts = Json::array();
    for (auto const& [field_name, field] : fields_)
      if (field.is_read) facts.push_back(fact_of(field_name, field));
    Json const english{{"en", "not said by the file"}};
    return Json{{"format", "tutela-instrument/1"},
                {"id", "pmml/" + identifier_of(name)},
                {"version", "1.0.0"},
                {"title", {{"en", name}}},
                {"status", "demo"},
                {"outcome", "reoffending"},
                {"rights",
                 {{"holder", holder.empty() ? "not said by the file" : holder},
                  {"licence", "not said by the file"},
                  {"consent_needed", true}}},
                {"sources",
                 Json::array({Json{
                     {"act", "PMML Scorecard " + name}, {"source", "not said by the file"}, {"grade", "unverified"}}})},
                {"norm", {{"en", "no norm is known: read from PMML, which has none"}}},
                {"age_rule", {{"leapling", "on_1_march"}, {"reached", "on_birthday"}}},
                {"applicability",
                 {{"population", english},
                  {"jurisdictions", Json::array()},
                  {"recorded_act", {"probation.conviction_date", "probation.charge_date"}},
                  {"rules", Json::array()}}},
                {"facts", std::move(facts)},
                {"items", Json::array()},
                {"total_unit", "points"}}
        .dump();
  }

  Json fact_of(std::string const& name, Field const& field)
  {
    auto display = text_of(*field.element, "displayName");
    Json fact{{"id", field.id},
              {"fact", name},
              {"type", field.type},
              {"label", {{"en", display.empty() ? name : std::move(display)}}},
              {"category", "unclassified"}};
    if (field.type == "choice") fact["values"] = field.choices;
    if (field.type == "number") {
      if (field.from.empty() || field.to.empty())
        warning(*field.element, "the field has no range: -1e6 to 1e6 is taken, and missing answers range over it");
      fact["from"] = field.from.empty() ? "-" + std::string(widest) : field.from;
      fact["to"] = field.to.empty() ? std::string(widest) : field.to;
      int const decimals = field.is_double ? std::min(6, std::max(2, field.decimals)) : 0;
      if (decimals > 0) fact["decimals"] = decimals;
    }
    if (field.assumed.empty())
      fact["missing"] = "bounds";
    else if (field.type == "flag")
      fact["missing"] = Json{{"assume", field.assumed == "true"}};
    else
      fact["missing"] = Json{{"assume", field.assumed}};
    return fact;
  }

  /// Puts the points into the items of the head. \return False where the head is not of the form.
  bool merge_items(Json& head)
  {
    Json items = Json::array();
    Json const old = head.contains("items") && head["items"].is_array() ? head["items"] : Json::array();
    for (auto const& id : order_) {
      Json item = items_[id];
      for (auto const& one : old) {
        if (!one.is_object() || !one.contains("id") || one["id"] != id) continue;
        auto value = std::move(item["value"]);
        item = one;
        item.erase("when");
        item["value"] = std::move(value);
      }
      items.push_back(std::move(item));
    }
    head["items"] = std::move(items);
    return true;
  }

  void compare_fields(Instrument const& instrument, XmlElement const& card)
  {
    std::size_t read = 0;
    for (auto const& [name, field] : fields_) read += field.is_read ? 1U : 0U;
    bool same = read == instrument.description().facts.size();
    for (auto const& fact : instrument.description().facts) {
      auto const field = fields_.find(fact.declaration.name);
      same = same && field != fields_.end() && field->second.is_read;
      if (!same) break;
      auto const type = fact.declaration.type;
      auto const& words = field->second.choices;
      same = field->second.type == (type == Kind::number    ? "number"
                                    : type == Kind::boolean ? "flag"
                                                            : "choice") &&
             (type != Kind::string || words.size() == fact.declaration.allowed.size());
      for (auto const& word : fact.declaration.allowed)
        same = same && std::find(words.begin(), words.end(), *word.as_string()) != words.end();
      same = same && (fact.missing == MissingRule::assume) == !field->second.assumed.empty();
    }
    if (!same) error(card, Code::contradictory_facts, "the data dictionary and the extension declare other facts");
  }

  std::string const& file_;
  Limits const& limits_;
  Diagnostics found_;
  std::map<std::string, Field> fields_;
  std::map<std::string, Json> items_;
  std::vector<std::string> order_;
  std::string head_;
};

}  // namespace

Result<Instrument> parse_pmml(std::string_view xml, std::string const& file, Limits const& limits)
{
  auto const root = detail::parse_xml(xml, file, limits);
  if (!root) return root.diagnostics();
  return PmmlReader(file, limits).run(*root);
}

Result<Instrument> load_pmml(std::string const& path, Limits const& limits)
{
  auto const text = detail::read_file(path, limits);
  if (!text) return text.diagnostics();
  return parse_pmml(*text, path, limits);
}

}  // namespace tutela::inline v0
