// SPDX-License-Identifier: Apache-2.0
#include <tutela/io/case.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/digits.hpp"
#include "io/case_lines.hpp"
#include "io/json_reader.hpp"

namespace tutela::inline v0 {
namespace {

using detail::is_digit;
using detail::json_pointer;
using detail::JsonContext;
using detail::JsonName;
using detail::JsonNode;
using detail::JsonObject;

constexpr std::array<JsonName<CaseKind>, 2> case_kinds{
    {{"child_protection", CaseKind::child_protection}, {"probation", CaseKind::probation}}};
constexpr std::array<JsonName<ConsentAnswer>, 3> consent_answers{
    {{"unknown", ConsentAnswer::unknown}, {"given", ConsentAnswer::given}, {"refused", ConsentAnswer::refused}}};
constexpr std::array<JsonName<ActIssuer>, 3> act_issuers{
    {{"court", ActIssuer::court}, {"prosecutor", ActIssuer::prosecutor}, {"commission", ActIssuer::commission}}};
constexpr std::array<JsonName<Truth>, 3> truths{{{"unknown", Truth::unknown}, {"yes", Truth::yes}, {"no", Truth::no}}};
constexpr std::array<JsonName<Language>, 4> languages{
    {{"en", Language::en}, {"ro", Language::ro}, {"uk", Language::uk}, {"ru", Language::ru}}};
/// The states that a file writes; a known value is written as itself.
constexpr std::array<JsonName<State>, 3> states{
    {{"none", State::none}, {"unknown", State::unknown}, {"uncertain", State::uncertain}}};

/// True for text of exactly the form `2026-03-01`, whether or not the calendar has the day.
bool has_date_form(std::string_view text)
{
  if (text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (i == 4 || i == 7 ? text[i] != '-' : !is_digit(text[i])) return false;
  return true;
}

/// Lower-case letters, digits and `_`, beginning with a letter: the words of a network.
bool is_word(std::string_view text)
{
  if (text.empty() || text.front() < 'a' || text.front() > 'z') return false;
  return std::all_of(text.begin(), text.end(), [](char character) {
    return (character >= 'a' && character <= 'z') || is_digit(character) || character == '_';
  });
}

/// Reads the facts of one case into a record.
class FactReader {
 public:
  FactReader(std::string pointer, JsonContext& context) : pointer_(std::move(pointer)), context_(context) {}

  void read(std::string const& name, JsonNode const& node)
  {
    std::string const here = json_pointer(pointer_, name);
    bool const objects = node.kind == JsonNode::Kind::array && !node.children.empty() &&
                         std::all_of(node.children.begin(), node.children.end(),
                                     [](JsonNode const& child) { return child.kind == JsonNode::Kind::object; });
    if (objects) {
      for (std::size_t i = 0; i < node.children.size(); ++i)
        annotated(name, node.children[i], json_pointer(here, std::to_string(i)));
    } else if (node.kind == JsonNode::Kind::object) {
      annotated(name, node, here);
    } else if (node.kind != JsonNode::Kind::null) {
      if (auto found = value(node, here)) builder_.set(name, std::move(*found));
    }
  }

  Record record(Limits const& limits)
  {
    auto built = std::move(builder_).build(limits);
    if (built) return std::move(built).value();
    for (auto finding : std::move(built).diagnostics()) {
      finding.place.file = context_.file;
      // The builder names the fact; here it is a member of the object of facts.
      finding.place.pointer = finding.place.pointer.empty() ? pointer_ : json_pointer(pointer_, finding.place.pointer);
      context_.diagnostics.add(std::move(finding));
    }
    return {};
  }

 private:
  void error(Code code, std::string pointer, std::string what, std::string mend)
  {
    Place place;
    place.file = context_.file;
    place.pointer = std::move(pointer);
    context_.diagnostics.error(code, std::move(place), std::move(what), std::move(mend));
  }

  std::optional<Value> scalar(JsonNode const& node, std::string const& pointer)
  {
    switch (node.kind) {
      case JsonNode::Kind::boolean: return Value(node.boolean);
      case JsonNode::Kind::number: {
        auto const number = Decimal::parse(node.text);
        if (number && number->is_finite()) return Value(*number);
        error(Code::invalid_number, pointer, "the number is out of range", "write at most 34 digits");
        return std::nullopt;
      }
      case JsonNode::Kind::string: {
        if (!has_date_form(node.text)) return Value(node.text);
        auto const date = parse_date(node.text);
        if (date) return Value(*date);
        error(Code::invalid_date, pointer, "the calendar has no such day", "correct the date, or leave the fact out");
        return std::nullopt;
      }
      default: break;
    }
    error(Code::wrong_type, pointer, "true, false, a number or a text is expected here",
          "leave out what is not known; write {\"state\": \"none\"} for what does not exist");
    return std::nullopt;
  }

  std::optional<Value> value(JsonNode const& node, std::string const& pointer)
  {
    if (node.kind != JsonNode::Kind::array) return scalar(node, pointer);
    List list;
    bool good = true;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      auto item = scalar(node.children[i], json_pointer(pointer, std::to_string(i)));
      if (item) {
        list.items.push_back(std::move(*item));
      } else {
        good = false;
      }
    }
    return good ? std::optional(Value(std::move(list))) : std::nullopt;
  }

  /// The possibilities that remain: an array of values, or an object with `low` and `high`.
  std::optional<Domain> domain(JsonNode const& node, std::string const& pointer)
  {
    Domain domain;
    if (node.kind == JsonNode::Kind::array) {
      domain.kind = Domain::Kind::set;
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        std::string const here = json_pointer(pointer, std::to_string(i));
        auto item = scalar(node.children[i], here);
        if (!item) return std::nullopt;
        if (std::find(domain.values.begin(), domain.values.end(), *item) != domain.values.end())
          error(Code::not_allowed, here, "this possibility stands there already", "remove it");
        domain.values.push_back(std::move(*item));
      }
      if (domain.values.size() >= 2) return domain;
      error(Code::out_of_range, pointer, "at least two possibilities are expected here",
            "write the one possibility as \"value\"");
      return std::nullopt;
    }
    domain.kind = Domain::Kind::range;
    JsonObject ends(node, pointer, context_);
    if (node.kind != JsonNode::Kind::object) return std::nullopt;
    bool good = true;
    auto const end = [&](std::string_view key, Value& target) {
      JsonNode const* found = ends.find(key);
      if (found == nullptr) return;
      auto item = scalar(*found, json_pointer(pointer, key));
      good = good && item;
      if (item) target = std::move(*item);
    };
    end("low", domain.range.low);
    end("high", domain.range.high);
    if (!good) return std::nullopt;
    Value const& low = domain.range.low;
    Value const& high = domain.range.high;
    bool const numbers = (low.is(Kind::number) || low.is_none()) && (high.is(Kind::number) || high.is_none());
    bool const dates = (low.is(Kind::date) || low.is_none()) && (high.is(Kind::date) || high.is_none());
    if ((low.is_none() && high.is_none()) || !(numbers || dates)) {
      error(Code::wrong_type, pointer, "\"low\" and \"high\" must be two numbers or two dates, or one of them",
            "use an array for a few possibilities");
      return std::nullopt;
    }
    bool const crossed =
        (low.as_number() != nullptr && high.as_number() != nullptr && *high.as_number() < *low.as_number()) ||
        (low.as_date() != nullptr && high.as_date() != nullptr && *high.as_date() < *low.as_date());
    if (!crossed) return domain;
    error(Code::invalid_interval, pointer, "the interval ends before it begins", "exchange \"low\" and \"high\"");
    return std::nullopt;
  }

  void annotated(std::string const& name, JsonNode const& node, std::string const& pointer)
  {
    JsonObject object(node, pointer, context_);
    Source source;
    source.name = object.optional_text("source").value_or("");
    source.recorded = object.optional_date("recorded");
    source.valid = object.period();
    if (source.valid.from && source.valid.until && *source.valid.until <= *source.valid.from)
      source.valid = {};  // reported
    JsonNode const* content = object.find("value");
    JsonNode const* remaining = object.find("domain");
    auto const state = object.optional_one_of<State>("state", states);
    bool const stated = object.find("state") != nullptr;
    bool const contradicts =
        content != nullptr ? stated || remaining != nullptr : remaining != nullptr && stated && state != State::unknown;
    if (contradicts) {
      object.error(Code::contradictory_facts, {},
                   "only one of \"value\", \"state\" and \"domain\" can say what is known",
                   "keep one of them; \"domain\" may stand beside the state unknown");
    } else if (content != nullptr) {
      if (auto found = value(*content, json_pointer(pointer, "value"))) builder_.set(name, std::move(*found), source);
    } else if (remaining != nullptr) {
      if (auto found = domain(*remaining, json_pointer(pointer, "domain")))
        builder_.set(name, Value(Unknown{{name}, {}, std::move(*found)}), source);
    } else if (state == State::none) {
      builder_.set(name, Value(), source);
    } else if (state == State::uncertain) {
      builder_.set(name, Value(Uncertain{{name}}), source);
    } else if (state == State::unknown) {
      builder_.set(name, Value::unknown(name), source);
    } else if (!stated) {
      object.error(Code::missing_key, {}, "the fact has neither \"value\" nor \"state\" nor \"domain\"",
                   "leave the fact out when nothing is known");
    }
  }

  std::string pointer_;
  JsonContext& context_;
  RecordBuilder builder_;
};

/// Reads the cases of one text; several for an array.
class CaseReader {
 public:
  CaseReader(JsonContext context, Limits const& limits) : context_(context), limits_(limits) {}

  void read(JsonNode const& node, std::string const& pointer)
  {
    Case item;
    JsonObject object(node, pointer, context_);
    if (node.kind != JsonNode::Kind::object) return;
    if (!object.expect_format("tutela-case/1")) {
      for (auto const& key : object.all_keys()) object.ignore(key);  // another format: its keys say nothing here
      return;
    }
    item.id = CaseId(object.text("id"));
    if (object.has("id") && item.id.empty())
      object.error(Code::not_allowed, "id", "the identifier is empty", "write one");
    if (!item.id.empty() && !ids_.insert(item.id.text()).second)
      object.error(Code::duplicate_id, "id", "another case of this file has the same identifier",
                   "give each case its own");
    item.synthetic = object.optional_boolean("synthetic").value_or(false);
    item.jurisdiction = object.text("jurisdiction");
    bool const code = item.jurisdiction.size() == 2 && std::all_of(item.jurisdiction.begin(), item.jurisdiction.end(),
                                                                   [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!item.jurisdiction.empty() && !code)
      object.error(Code::not_allowed, "jurisdiction", "this is not the code of a country",
                   "write two capital letters: MD");
    item.language = object.optional_one_of<Language>("language", languages);
    item.kind = object.one_of<CaseKind>("kind", case_kinds);
    item.held_by = AgencyId(object.optional_text("held_by").value_or(""));
    item.needs = words<ServiceKind>(object, "needs");
    item.purposes = words<Purpose>(object, "purposes");
    object.optional_object("consent", [&](JsonObject& answers) {
      for (auto const& category : std::vector(answers.all_keys())) {
        if (!is_word(category))
          answers.error(Code::not_allowed, category, "this is not the name of a data category", word_form);
        if (auto answer = answers.optional_one_of<ConsentAnswer>(category, consent_answers))
          item.consent.push_back({DataCategory(category), *answer});
      }
    });
    item.group = object.optional_text("group").value_or("");
    item.emergency = object.optional_one_of<Truth>("emergency", truths).value_or(Truth::unknown);
    object.optional_each("acts", [&](JsonObject& act) {
      HeldAct held;
      held.issuer = act.one_of<ActIssuer>("issuer", act_issuers);
      held.reference = act.optional_text("reference").value_or("");
      held.services = words<ServiceKind>(act, "services");
      held.valid = act.period();
      item.acts.push_back(std::move(held));
    });
    FactReader facts(json_pointer(pointer, "facts"), context_);
    if (JsonNode const* map = object.find("facts")) {
      if (map->kind == JsonNode::Kind::object) {
        for (std::size_t i = 0; i < map->keys.size(); ++i) facts.read(map->keys[i], map->children[i]);
      } else {
        object.error(Code::wrong_type, "facts", "an object of facts is expected here",
                     "write {\"person.sex\": \"female\"}");
      }
    } else {
      object.missing("facts");
    }
    item.facts = facts.record(limits_);
    cases.push_back(std::move(item));
  }

  std::vector<Case> cases;

 private:
  static constexpr char const* word_form = "use lower-case letters, digits and _: day_service";

  /// Words of an array; reports ill-formed and repeated ones.
  template <class Word>
  static std::vector<Word> words(JsonObject& object, std::string_view key)
  {
    std::vector<Word> words;
    for (auto& text : object.optional_texts(key)) {
      if (!is_word(text)) object.error(Code::not_allowed, key, "an entry is not a word of the format", word_form);
      Word word(std::move(text));
      if (std::find(words.begin(), words.end(), word) != words.end())
        object.error(Code::not_allowed, key, "an entry stands there twice", "remove one");
      words.push_back(std::move(word));
    }
    return words;
  }

  JsonContext context_;
  Limits const& limits_;
  std::set<std::string> ids_;
};

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

/// True when the first line that is not blank holds a whole object: then each line is a document of its own.
bool is_line_delimited(std::string_view text)
{
  std::size_t depth = 0;
  bool quoted = false;
  bool opened = false;
  for (std::size_t i = text.find_first_not_of(" \t\r\n"); i < text.size(); ++i) {
    char const character = text[i];
    if (character == '\n') return opened && depth == 0;
    if (quoted) {
      if (character == '\\') ++i;
      quoted = character != '"';
    } else if (character == '"') {
      quoted = true;
    } else if (character == '{' || character == '[') {
      if (!opened && character == '[') return false;
      opened = true;
      ++depth;
    } else if ((character == '}' || character == ']') && depth > 0) {
      --depth;
    }
  }
  return opened && depth == 0;
}

}  // namespace

}  // namespace tutela::inline v0

namespace tutela::detail {

Result<std::vector<Case>> parse_case_lines(std::string_view text, std::string const& file, Limits const& limits)
{
  Diagnostics all(limits.diagnostics);
  Diagnostics found(limits.diagnostics);
  CaseReader reader({file, found}, limits);
  for (std::uint32_t line = 1; !text.empty(); ++line) {
    auto const end = text.find('\n');
    std::string_view const document = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (is_blank(document)) continue;
    if (reader.cases.size() >= limits.elements) {
      all.error(Code::limit_reached, {file, line, 0, {}}, "the limit \"elements\" is reached",
                "split the file, or raise the limit");
      break;
    }
    auto const parsed = parse_json(document, file, limits);
    parsed ? reader.read(*parsed, "") : found.append(parsed.diagnostics());
    auto findings = std::exchange(found, Diagnostics(limits.diagnostics)).take();
    for (auto& finding : findings) finding.place.line = line;
    all.append(std::move(findings));
  }
  if (all.has_errors()) return std::move(all).take();
  return {std::move(reader.cases), std::move(all).take()};
}

}  // namespace tutela::detail

namespace tutela::inline v0 {

Result<std::vector<Case>> parse_cases(std::string_view text, std::string const& file, Limits const& limits)
{
  if (is_blank(text)) return std::vector<Case>{};
  if (is_line_delimited(text)) return detail::parse_case_lines(text, file, limits);
  auto const parsed = detail::parse_json(text, file, limits);
  if (!parsed) return parsed.diagnostics();
  Diagnostics found(limits.diagnostics);
  CaseReader reader({file, found}, limits);
  if (parsed->kind != JsonNode::Kind::array)
    reader.read(*parsed, "");
  else
    for (std::size_t i = 0; i < parsed->children.size(); ++i)
      reader.read(parsed->children[i], json_pointer("", std::to_string(i)));
  if (found.has_errors()) return std::move(found).take();
  return {std::move(reader.cases), std::move(found).take()};
}

namespace {

/// What `read` takes from one document into a reader of facts.
template <class Read>
Result<Record> read_facts(std::string_view text, std::string const& file, Limits const& limits, Read const& read)
{
  auto const root = detail::parse_json(text, file, limits);
  if (!root) return root.diagnostics();
  Diagnostics found(limits.diagnostics);
  JsonContext context{file, found};
  FactReader facts("", context);
  read(facts, *root, context);
  Record record = facts.record(limits);
  if (found.has_errors()) return std::move(found).take();
  return {std::move(record), std::move(found).take()};
}

}  // namespace

Result<Record> parse_facts(std::string_view text, std::string const& file, Limits const& limits)
{
  return read_facts(text, file, limits, [&](FactReader& facts, JsonNode const& root, JsonContext& context) {
    if (root.kind != JsonNode::Kind::object)
      context.diagnostics.error(Code::wrong_type, {file, 0, 0, {}}, "an object of facts is expected here",
                                "write {\"person.sex\": \"female\"}");
    for (std::size_t i = 0; i < root.keys.size(); ++i) facts.read(root.keys[i], root.children[i]);
  });
}

Result<Record> parse_fact(std::string const& name, std::string_view text, std::string const& file, Limits const& limits)
{
  return read_facts(text, file, limits,
                    [&](FactReader& facts, JsonNode const& root, JsonContext&) { facts.read(name, root); });
}

Result<std::vector<Case>> load_cases(std::string const& path, Limits const& limits)
{
  auto const text = detail::read_file(path, limits);
  if (!text) return text.diagnostics();
  return parse_cases(*text, path == "-" ? "standard input" : path, limits);
}

namespace {

/// Text as a JSON string.
std::string json_text(std::string_view text) { return nlohmann::json(text).dump(); }

/// Writes one JSON object by hand, because the digits of decimals must not pass through a double.
class ObjectWriter {
 public:
  void raw(std::string_view key, std::string_view json)
  {
    text_ += text_.size() == 1 ? "" : ",";
    text_ += json_text(key);
    text_ += ':';
    text_ += json;
  }

  void text(std::string_view key, std::string_view value) { raw(key, json_text(value)); }

  void optional_text(std::string_view key, std::string_view value)
  {
    if (!value.empty()) text(key, value);
  }

  template <class Word>
  void words(std::string_view key, std::vector<Word> const& words)
  {
    if (words.empty()) return;
    std::string json = "[";
    for (auto const& word : words) (json += json.size() == 1 ? "" : ",") += json_text(word.text());
    raw(key, json + "]");
  }

  void period(Period const& period)
  {
    if (period.from) text("valid_from", to_string(*period.from));
    if (period.until) text("valid_until", to_string(*period.until));
  }

  [[nodiscard]] std::string take() { return std::move(text_) + "}"; }

 private:
  std::string text_ = "{";
};

[[noreturn]] void cannot_carry(std::string const& name)
{
  throw ContractViolation("the case format cannot carry the value of the fact " + name);
}

std::string scalar_json(std::string const& name, Value const& value)
{
  if (auto const* boolean = value.as_boolean()) return *boolean ? "true" : "false";
  if (auto const* number = value.as_number(); number != nullptr && number->is_finite()) return number->to_string();
  // Each must come back as the kind it has: a date by its form, any other text by not having it.
  if (auto const* date = value.as_date(); date != nullptr && has_date_form(to_string(*date)))
    return json_text(to_string(*date));
  if (auto const* text = value.as_string(); text != nullptr && !has_date_form(*text)) return json_text(*text);
  cannot_carry(name);
}

std::string list_json(std::string const& name, std::vector<Value> const& items)
{
  std::string json = "[";
  for (auto const& item : items) (json += json.size() == 1 ? "" : ",") += scalar_json(name, item);
  return json + "]";
}

std::string known_json(std::string const& name, Value const& value)
{
  auto const* list = value.as_list();
  if (list == nullptr) return scalar_json(name, value);
  if (!list->complete) cannot_carry(name);
  return list_json(name, list->items);
}

std::string domain_json(std::string const& name, Domain const& domain)
{
  if (domain.kind == Domain::Kind::set) return list_json(name, domain.values);
  if (!domain.range.low_included || !domain.range.high_included || domain.approximate) cannot_carry(name);
  ObjectWriter ends;
  if (!domain.range.low.is_none()) ends.raw("low", scalar_json(name, domain.range.low));
  if (!domain.range.high.is_none()) ends.raw("high", scalar_json(name, domain.range.high));
  return ends.take();
}

/// A fact as an object with its state and source.
std::string annotated_json(Fact const& fact)
{
  ObjectWriter object;
  switch (fact.value.state()) {
    case State::known: object.raw("value", known_json(fact.name, fact.value)); break;
    case State::none: object.text("state", "none"); break;
    case State::uncertain: object.text("state", "uncertain"); break;
    case State::unknown: {
      auto const* unknown = fact.value.as_unknown();
      if (unknown == nullptr || unknown->domain.kind == Domain::Kind::any) {
        object.text("state", "unknown");
      } else {
        object.raw("domain", domain_json(fact.name, unknown->domain));
      }
      break;
    }
    case State::error: cannot_carry(fact.name);
  }
  object.optional_text("source", fact.source.name);
  if (fact.source.recorded) object.text("recorded", to_string(*fact.source.recorded));
  object.period(fact.source.valid);
  return object.take();
}

std::string facts_json(Record const& record)
{
  ObjectWriter object;
  auto const& facts = record.facts();
  for (std::size_t i = 0; i < facts.size();) {
    std::size_t next = i + 1;
    while (next < facts.size() && facts[next].name == facts[i].name) ++next;
    if (next == i + 1) {
      bool const plain = facts[i].value.state() == State::known && facts[i].source == Source{};
      object.raw(facts[i].name, plain ? known_json(facts[i].name, facts[i].value) : annotated_json(facts[i]));
    } else {
      std::string several = "[";
      for (std::size_t j = i; j < next; ++j) (several += j == i ? "" : ",") += annotated_json(facts[j]);
      object.raw(facts[i].name, several + "]");
    }
    i = next;
  }
  return object.take();
}

}  // namespace

std::string write_case(Case const& item)
{
  ObjectWriter object;
  object.text("format", "tutela-case/1");
  object.text("id", item.id.text());
  object.raw("synthetic", item.synthetic ? "true" : "false");
  object.text("jurisdiction", item.jurisdiction);
  if (item.language) object.text("language", to_string(*item.language));
  object.text("kind", to_string(item.kind));
  object.optional_text("held_by", item.held_by.text());
  object.words("needs", item.needs);
  object.words("purposes", item.purposes);
  if (!item.consent.empty()) {
    ObjectWriter answers;
    for (auto const& entry : item.consent) answers.text(entry.category.text(), to_string(entry.answer));
    object.raw("consent", answers.take());
  }
  object.optional_text("group", item.group);
  if (item.emergency != Truth::unknown) object.text("emergency", item.emergency == Truth::yes ? "yes" : "no");
  if (!item.acts.empty()) {
    std::string acts = "[";
    for (auto const& act : item.acts) {
      ObjectWriter held;
      held.text("issuer", to_string(act.issuer));
      held.optional_text("reference", act.reference);
      held.words("services", act.services);
      held.period(act.valid);
      (acts += acts.size() == 1 ? "" : ",") += held.take();
    }
    object.raw("acts", acts + "]");
  }
  object.raw("facts", facts_json(item.facts));
  return object.take();
}

std::string write_cases(std::vector<Case> const& cases)
{
  std::string text;
  for (auto const& item : cases) (text += write_case(item)) += '\n';
  return text;
}

}  // namespace tutela::inline v0
