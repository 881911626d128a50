// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading and checking mappings (`tutela-mapping/1`).
#include <tutela/io/mapping.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "io/cell_reader.hpp"
#include "io/json_reader.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonName;
using detail::JsonNode;
using detail::JsonObject;

constexpr std::array<JsonName<CellType>, 4> cell_types{
    {{"text", CellType::text}, {"number", CellType::number}, {"date", CellType::date}, {"code", CellType::code}}};
constexpr std::array<JsonName<CaseKind>, 2> kinds{
    {{"child_protection", CaseKind::child_protection}, {"probation", CaseKind::probation}}};
constexpr std::array<JsonName<char>, 3> separators{{{",", ','}, {";", ';'}, {"\t", '\t'}}};
constexpr std::array<JsonName<char>, 2> decimal_marks{{{".", '.'}, {",", ','}}};

/// What a code stands for: a Boolean, a number, a date or a text. Reports anything else.
std::optional<Value> code_value(JsonObject& codes, std::string const& code)
{
  JsonNode const* node = codes.find(code);
  if (node != nullptr && node->kind == JsonNode::Kind::boolean) return Value(node->boolean);
  if (node != nullptr && node->kind == JsonNode::Kind::number) {
    if (auto const number = Decimal::parse(node->text); number && number->is_finite()) return Value(*number);
  } else if (node != nullptr && node->kind == JsonNode::Kind::string) {
    if (auto const day = parse_date(node->text)) return Value(*day);
    return Value(node->text);
  }
  codes.error(Code::wrong_type, code, "a code stands for true, false, a number, a date or a text",
              "list what says nothing under \"unknown\", \"none\" or \"uncertain\"");
  return std::nullopt;
}

void read_words(JsonObject& object, ColumnMapping& column)
{
  object.optional_object("codes", [&](JsonObject& codes) {
    for (std::string const& code : std::vector(codes.all_keys()))
      if (auto value = code_value(codes, code)) column.codes.emplace_back(code, std::move(*value));
  });
  column.unknown = object.optional_texts("unknown");
  column.none = object.optional_texts("none");
  column.uncertain = object.optional_texts("uncertain");
  column.nothing = object.optional_texts("nothing");
  std::set<std::string> seen;
  for (auto const& [code, value] : column.codes) seen.insert(code);
  for (auto const* words : {&column.unknown, &column.none, &column.uncertain, &column.nothing})
    for (std::string const& word : *words)
      if (!seen.insert(word).second)
        object.error(Code::contradictory_facts, {}, "the column says two things about one cell", "keep one of them");
}

/// True where a text that is read as one value holds the mark between values.
bool is_torn(ColumnMapping const& column)
{
  auto const holds = [&](std::string_view text) { return text.find(column.list_mark) != std::string_view::npos; };
  bool const number = column.type == CellType::number && (holds(std::string(1, column.decimal_mark)) ||
                                                          (!column.group_mark.empty() && holds(column.group_mark)));
  return number || (column.type == CellType::date && holds(column.date_form)) ||
         std::any_of(column.codes.begin(), column.codes.end(), [&](auto const& code) { return holds(code.first); });
}

void read_list(JsonObject& object, ColumnMapping& column)
{
  auto const mark = object.optional_text("list_mark");
  column.list_mark = mark.value_or("");
  if (!mark && !column.nothing.empty())
    object.error(Code::not_allowed, "nothing", "the column has no lists",
                 "say what stands between values: \"list_mark\"");
  if (!mark) return;
  constexpr std::string_view parts = "+-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  bool const sign = mark->find_first_of(parts) == std::string::npos;
  if (mark->empty() || mark->size() > 4 || !sign)
    object.error(Code::not_allowed, "list_mark", "this cannot stand between values",
                 "use a semicolon, a bar or a comma");
  else if (is_torn(column))
    object.error(Code::contradictory_facts, "list_mark", "a number, a day or a code of the column holds this mark",
                 "what stands between values is no part of one");
}

void read_column(JsonObject& object, Mapping& mapping)
{
  ColumnMapping column;
  column.column = object.text("column");
  column.fact = object.text("fact");
  column.type = object.optional_one_of<CellType>("type", cell_types).value_or(CellType::text);
  read_words(object, column);
  auto const form = object.optional_text("date_form");
  if (form) column.date_form = *form;
  if (form && (column.type != CellType::date || !detail::is_date_form(*form)))
    object.error(Code::not_allowed, "date_form", "this is not the form of a date, or the column has none",
                 "write yyyy, a month and a day once each: dd.mm.yyyy");
  auto const mark = object.optional_one_of<char>("decimal_mark", decimal_marks);
  column.decimal_mark = mark.value_or('.');
  column.group_mark = object.optional_text("group_mark").value_or("");
  bool const groups = !column.group_mark.empty();
  if ((mark || groups) && column.type != CellType::number)
    object.error(Code::not_allowed, mark ? "decimal_mark" : "group_mark", "the column has no numbers", "remove it");
  if (groups && (column.group_mark == std::string(1, column.decimal_mark) || column.group_mark.size() > 4 ||
                 column.group_mark.find_first_of("0123456789+-") != std::string::npos))
    object.error(Code::not_allowed, "group_mark", "this cannot stand between groups of digits",
                 "use a point, a blank or an apostrophe, and another decimal mark");
  if (column.type == CellType::code && column.codes.empty())
    object.error(Code::missing_key, "codes", "a column of codes lists none", "write {\"M\": \"male\"}");
  read_list(object, column);
  mapping.columns.push_back(std::move(column));
}

/// Every column and every fact once.
void check_names(JsonObject& object, Mapping const& mapping)
{
  std::set<std::string_view> columns{mapping.id_column};
  std::set<std::string_view> facts;
  for (std::size_t i = 0; i < mapping.columns.size(); ++i) {
    if (!columns.insert(mapping.columns[i].column).second)
      object.error(Code::duplicate_key, "columns", "entry " + std::to_string(i + 1) + " speaks of a column again",
                   "keep one");
    if (!facts.insert(mapping.columns[i].fact).second)
      object.error(Code::duplicate_key, "columns", "entry " + std::to_string(i + 1) + " gives a fact again",
                   "one fact comes from one column");
  }
  for (std::string const& name : mapping.ignored)
    if (!columns.insert(name).second)
      object.error(Code::duplicate_key, "ignored", "a column is named twice, or gives a fact", "keep one");
}

void read_mapping(JsonObject& object, Mapping& mapping)
{
  mapping.name = object.text("name");
  mapping.separator = object.optional_one_of<char>("separator", separators).value_or(',');
  object.object("case", [&](JsonObject& about) {
    mapping.id_column = about.text("id_column");
    mapping.jurisdiction = about.text("jurisdiction");
    bool const code =
        mapping.jurisdiction.size() == 2 && std::all_of(mapping.jurisdiction.begin(), mapping.jurisdiction.end(),
                                                        [](char letter) { return letter >= 'A' && letter <= 'Z'; });
    if (!mapping.jurisdiction.empty() && !code)
      about.error(Code::not_allowed, "jurisdiction", "this is not the code of a country",
                  "write two capital letters: MD");
    mapping.kind = about.one_of<CaseKind>("kind", kinds);
    mapping.synthetic = about.optional_boolean("synthetic").value_or(false);
  });
  object.each("columns", [&](JsonObject& column) { read_column(column, mapping); });
  mapping.ignored = object.optional_texts("ignored");
  check_names(object, mapping);
}

/// The kind of value that a column gives; nothing where its codes decide.
Kind kind_of(CellType type)
{
  switch (type) {
    case CellType::text: return Kind::string;
    case CellType::number: return Kind::number;
    case CellType::date: return Kind::date;
    case CellType::code: break;
  }
  return Kind::none;
}

}  // namespace

std::string_view to_string(CellType type) noexcept { return cell_types[static_cast<std::size_t>(type)].first; }

Result<Mapping> parse_mapping(std::string_view json, std::string const& file, Limits const& limits)
{
  return detail::read_document<Mapping>(json, file, limits, "tutela-mapping/1", read_mapping);
}

Result<Mapping> load_mapping(std::string const& path, Limits const& limits)
{
  auto const text = detail::read_file(path, limits);
  if (!text) return text.diagnostics();
  return parse_mapping(*text, path == "-" ? "standard input" : path, limits);
}

std::vector<Diagnostic> check_mapping(Mapping const& mapping, Schema const& schema)
{
  std::vector<Diagnostic> found;
  auto const add = [&](Code code, ColumnMapping const& column, std::string what, std::string mend) {
    found.push_back({code, Severity::error, {mapping.name, 0, 0, column.column}, std::move(what), std::move(mend)});
  };
  for (ColumnMapping const& column : mapping.columns) {
    FactDeclaration const* declaration = schema.find(column.fact);
    if (declaration == nullptr) {
      add(Code::unknown_fact, column, "nothing reads the fact " + column.fact,
          "correct the name, or list the column under \"ignored\"");
      continue;
    }
    bool const list = !column.list_mark.empty();
    Kind const kind = list ? Kind::list : kind_of(column.type);
    if (kind != Kind::none && declaration->type != Kind::none && kind != declaration->type)
      add(Code::wrong_type, column,
          "the column gives a " + std::string(to_string(kind)) + ", the fact " + column.fact + " is a " +
              std::string(to_string(declaration->type)),
          list ? "remove \"list_mark\""
               : "give the column another \"type\", or a \"list_mark\" where the fact is a list");
    for (auto const& [code, value] : column.codes)
      if (auto wrong = check(*declaration, list ? Value(List{{value}}) : value))
        add(wrong->code, column, "a code of the column: " + wrong->what, wrong->mend);
  }
  return found;
}

}  // namespace tutela::inline v0
