// SPDX-License-Identifier: Apache-2.0
/// \file
/// Books of records from JSON.
#include <tutela/io/records.hpp>

#include <array>
#include <utility>

#include "io/noun_reader.hpp"
#include "packs/shipped.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonName;
using detail::JsonObject;

/// The words of an enumeration whose enumerators begin at zero.
template <class E, std::size_t N>
std::array<JsonName<E>, N> words()
{
  std::array<JsonName<E>, N> found;
  for (std::size_t i = 0; i < N; ++i) found[i] = {to_string(static_cast<E>(i)), static_cast<E>(i)};
  return found;
}

auto const field_types = words<FieldType, 7>();
auto const record_times = words<RecordTime, 3>();
auto const sensitivities = words<Sensitivity, 3>();
auto const measure_forms = words<MeasureForm, 3>();
auto const period_rules = words<PeriodRule, 6>();
auto const indicator_forms = words<IndicatorForm, 3>();

RecordField read_field(JsonObject& object)
{
  RecordField field;
  auto& declared = field.declaration;
  declared.name = object.text("name");
  field.type = object.one_of<FieldType>("type", field_types);
  field.required = object.optional_boolean("required").value_or(false);
  field.refers_to = object.optional_text("refers_to").value_or("");
  declared.label = object.optional_localized("label");
  declared.unit = object.optional_text("unit").value_or("");
  for (auto& word : object.optional_texts("values")) declared.allowed.emplace_back(std::move(word));
  for (auto const& [key, end] : {std::pair("from", &declared.range.low), std::pair("to", &declared.range.high)}) {
    if (object.find(key) == nullptr) continue;
    if (field.type == FieldType::date) {
      *end = Value(object.date(key));
    } else {
      *end = Value(object.decimal(key));
    }
  }
  declared.category = object.optional_text("category").value_or("");
  declared.sensitivity =
      object.optional_one_of<Sensitivity>("sensitivity", sensitivities).value_or(Sensitivity::personal);
  return field;
}

RecordKind read_kind(JsonObject& object)
{
  RecordKind kind;
  kind.kind = object.text("kind");
  kind.name = object.localized("name");
  kind.time = object.optional_one_of<RecordTime>("time", record_times).value_or(RecordTime::optional);
  object.optional_each("fields", [&](JsonObject& inner) { kind.fields.push_back(read_field(inner)); });
  object.optional_each("identities", [&](JsonObject& inner) {
    kind.identities.push_back(
        {inner.optional_texts("left"), inner.optional_texts("less"), inner.optional_texts("right")});
  });
  kind.never_computed = object.optional_boolean("never_computed").value_or(false);
  kind.team_only = object.optional_boolean("team_only").value_or(false);
  return kind;
}

RecordCondition read_condition(JsonObject& object)
{
  RecordCondition condition;
  condition.field = object.text("field");
  if (object.find("equals") != nullptr) {
    auto const value = object.value("equals");
    auto const* list = value.as_list();
    condition.equals = list == nullptr ? std::vector<Value>{value} : list->items;
  }
  condition.at_least = object.optional_decimal("at_least");
  condition.below = object.optional_decimal("below");
  return condition;
}

RecordMeasure read_measure(JsonObject& object)
{
  RecordMeasure measure;
  measure.form = object.one_of<MeasureForm>("form", measure_forms);
  measure.kind = object.text("kind");
  measure.field = object.optional_text("field").value_or("");
  object.optional_each("where", [&](JsonObject& inner) { measure.where.push_back(read_condition(inner)); });
  measure.when = object.optional_one_of<PeriodRule>("when", period_rules).value_or(PeriodRule::any);
  return measure;
}

Indicator read_indicator(JsonObject& object)
{
  Indicator indicator;
  indicator.id = object.text("id");
  indicator.name = object.localized("name");
  indicator.definition = object.localized("definition");
  indicator.unit = object.text("unit");
  indicator.form = object.optional_one_of<IndicatorForm>("form", indicator_forms).value_or(IndicatorForm::amount);
  object.object("numerator", [&](JsonObject& inner) { indicator.numerator = read_measure(inner); });
  object.optional_object("denominator", [&](JsonObject& inner) { indicator.denominator = read_measure(inner); });
  if (auto const per = object.optional_decimal("per")) indicator.per = *per;
  if (auto const places = object.optional_integer("decimals", 0, 9)) indicator.decimals = static_cast<int>(*places);
  if (object.find("from") != nullptr || object.find("until") != nullptr)
    indicator.period = Period{object.optional_date("from"), object.optional_date("until")};
  indicator.goals = object.optional_texts("goals");
  return indicator;
}

Identity read_identity(JsonObject& object)
{
  Identity identity;
  identity.id = object.text("id");
  identity.name = object.localized("name");
  for (auto const& [key, side] :
       {std::pair("left", &identity.left), std::pair("less", &identity.less), std::pair("right", &identity.right)})
    object.optional_each(key, [side = side](JsonObject& inner) { side->push_back(read_measure(inner)); });
  return identity;
}

RecordBookContent read_book(JsonObject& object)
{
  RecordBookContent content;
  content.id = object.text("id");
  content.name = object.localized("name");
  content.jurisdiction = object.optional_text("jurisdiction").value_or("");
  content.synthetic = object.optional_boolean("synthetic").value_or(false);
  content.uses = object.optional_texts("uses");
  detail::NounReader reader(object);
  reader.list("sources", content.sources);
  object.optional_each("participants", [&](JsonObject& inner) {
    content.participants.push_back({NodeId(inner.text("id")), inner.localized("name")});
  });
  object.optional_each("kinds", [&](JsonObject& inner) { content.kinds.push_back(read_kind(inner)); });
  content.complete = object.optional_texts("complete");
  reader.list("records", content.records);
  object.optional_each("indicators", [&](JsonObject& inner) { content.indicators.push_back(read_indicator(inner)); });
  object.optional_each("identities", [&](JsonObject& inner) { content.identities.push_back(read_identity(inner)); });
  return content;
}

Result<RecordBookContent> parse_content(std::string_view json, std::string const& file, Limits const& limits)
{
  return detail::read_document<RecordBookContent>(
      json, file, limits, "tutela-records/1",
      [](JsonObject& root, RecordBookContent& content) { content = read_book(root); });
}

std::string shipped_path(std::string const& id) { return "records/" + id + ".records.json"; }

/// The kinds of the shipped books that a book uses; what is wrong with their names is reported.
RecordKinds kinds_of(std::vector<std::string> const& books, detail::JsonContext& context, Limits const& limits)
{
  RecordKinds used;
  for (std::size_t i = 0; i < books.size(); ++i) {
    Place place{context.file, 0, 0, "/uses/" + std::to_string(i)};
    auto const kinds = shipped_record_kinds(books[i], limits);
    std::vector<RecordKind> further;
    if (kinds)
      for (auto const& [word, kind] : kinds->all()) further.push_back(kind);
    auto joined = RecordKinds::build(std::move(further), used);
    if (!kinds)
      context.diagnostics.error(Code::not_found, std::move(place), "no book of records of this name ships",
                                "use \"casework\"");
    else if (!joined)
      context.diagnostics.error(Code::duplicate_id, std::move(place), "two used books declare the same kind",
                                "use one of them");
    else
      used = std::move(joined).value();
  }
  return used;
}

}  // namespace

Result<RecordKinds> shipped_record_kinds(std::string const& id, Limits const& limits)
{
  auto const text = detail::shipped_file(shipped_path(id));
  if (!text)
    return Diagnostic{
        Code::not_found, Severity::error, {}, "no book of records of this name ships", "use \"casework\""};
  auto content = parse_content(*text, shipped_path(id), limits);
  if (!content) return std::move(content).diagnostics();
  return RecordKinds::build(std::move(content).value().kinds);
}

Result<RecordBook> parse_records(std::string_view json, std::string const& file, Limits const& limits)
{
  auto const document = detail::parse_json(json, file, limits);
  if (!document) return document.diagnostics();
  Diagnostics diagnostics(limits.diagnostics);
  detail::JsonContext context{file, diagnostics};
  RecordBookContent content;
  bool known_format = false;
  {
    JsonObject root(*document, "", context);
    known_format = root.expect_format("tutela-records/1");
    if (known_format)
      content = read_book(root);
    else
      root.all_keys();  // of a file of another format the keys say nothing
  }
  if (!known_format) return std::move(diagnostics).take();
  auto const used = kinds_of(content.uses, context, limits);
  auto built = RecordBook::build(std::move(content), used, file, limits);
  if (!diagnostics.has_errors()) return built;
  // What the reader left out because it was of the wrong type would only be reported a second time as missing.
  for (Diagnostic const& finding : built.diagnostics())
    if (finding.code != Code::missing_key) diagnostics.add(finding);
  return std::move(diagnostics).take();
}

Result<RecordBook> load_records(std::string const& path_or_id, Limits const& limits)
{
  auto const shipped = shipped_path(path_or_id);
  if (auto const text = detail::shipped_file(shipped)) return parse_records(*text, shipped, limits);
  auto text = detail::read_file(path_or_id, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_records(*text, path_or_id, limits);
}

}  // namespace tutela::inline v0
