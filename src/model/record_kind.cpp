// SPDX-License-Identifier: Apache-2.0
#include <tutela/model/record_kind.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <tutela/facts/team_data.hpp>

#include "model/plain_value.hpp"

namespace tutela::inline v0 {
namespace {

constexpr std::array<std::string_view, 7> type_words{"boolean", "number", "count", "text", "date", "list", "object"};
/// Each record is checked field by field, so what a file declares must stay small.
constexpr std::size_t most_fields = 200;

constexpr std::array<std::string_view, 3> time_words{"none", "optional", "required"};

Kind kind_of(FieldType type) noexcept
{
  switch (type) {
    case FieldType::boolean: return Kind::boolean;
    case FieldType::number:
    case FieldType::count: return Kind::number;
    case FieldType::text: return Kind::string;
    case FieldType::date: return Kind::date;
    case FieldType::list: return Kind::list;
    case FieldType::object: break;
  }
  return Kind::none;
}

bool is_number(RecordField const* field)
{
  return field != nullptr && (field->type == FieldType::number || field->type == FieldType::count);
}

/// Checks declarations of kinds.
class KindCheck {
 public:
  explicit KindCheck(std::string pointer) : pointer_(std::move(pointer)) {}

  void check(RecordKind& kind, std::size_t position)
  {
    auto const at = pointer_ + "/" + std::to_string(position);
    if (!detail::is_code_word(kind.kind))
      found_.error(Code::not_allowed, {"", 0, 0, at + "/kind"}, "a code word is expected here",
                   "use lower-case letters, digits and underscores");
    if (kind.name.empty()) found_.error(Code::missing_key, {"", 0, 0, at + "/name"}, "a kind needs a name", "add it");
    std::size_t named = kind.fields.size();
    for (auto const& one : kind.identities) named += one.left.size() + one.less.size() + one.right.size();
    if (named > most_fields)
      return found_.error(Code::limit_reached, {"", 0, 0, at},
                          "a kind names at most 200 fields, its identities included",
                          "take it apart into kinds that refer to each other");
    std::set<std::string_view> names;
    team_field_ = false;
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
      auto const here = at + "/fields/" + std::to_string(i);
      field(kind.fields[i], here);
      if (!names.insert(kind.fields[i].declaration.name).second)
        found_.error(Code::duplicate_key, {"", 0, 0, here + "/name"}, "two fields have the same name", "rename one");
    }
    if (team_field_ && !kind.team_only)
      found_.error(Code::not_allowed, {"", 0, 0, at + "/team_only"}, "a field holds data that stay with the team",
                   "say that records of this kind stay with it: \"team_only\": true");
    if (kind.team_only && !kind.identities.empty())
      found_.error(Code::not_allowed, {"", 0, 0, at + "/identities"},
                   "an identity would show numbers of records that stay with their team", "remove it");
    for (std::size_t i = 0; i < kind.identities.size(); ++i)
      identity(kind, kind.identities[i], at + "/identities/" + std::to_string(i));
  }

  void references(RecordKind const& kind, std::size_t position, RecordKinds const& known,
                  std::map<std::string, RecordKind, std::less<>> const& own)
  {
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
      auto const& to = kind.fields[i].refers_to;
      if (to.empty() || own.count(to) != 0 || known.find(to) != nullptr) continue;
      found_.error(
          Code::dangling_reference,
          {"", 0, 0, pointer_ + "/" + std::to_string(position) + "/fields/" + std::to_string(i) + "/refers_to"},
          "there is no kind of record of this name", "declare it, or correct the name");
    }
  }

  Diagnostics& found() { return found_; }

 private:
  void field(RecordField& field, std::string const& at)
  {
    auto& declared = field.declaration;
    declared.type = kind_of(field.type);
    if (!detail::is_code_word(declared.name))
      found_.error(Code::not_allowed, {"", 0, 0, at + "/name"}, "a code word is expected here",
                   "use lower-case letters, digits and underscores");
    if (stays_with_team(declared.category)) team_field_ = true;
    bool const texts = field.type == FieldType::text || field.type == FieldType::list;
    if (!declared.allowed.empty() && !texts)
      found_.error(Code::not_allowed, {"", 0, 0, at + "/values"}, "only texts and lists have allowed values",
                   "remove them, or make the field a text");
    for (auto const& value : declared.allowed)
      if (value.as_string() == nullptr)
        found_.error(Code::wrong_type, {"", 0, 0, at + "/values"}, "an allowed value is no text", "write texts");
    if (!field.refers_to.empty() && !texts)
      found_.error(Code::not_allowed, {"", 0, 0, at + "/refers_to"}, "only a text or a list of texts names records",
                   "make the field a text");
    for (auto const& [end, key] : {std::pair(&declared.range.low, "/from"), std::pair(&declared.range.high, "/to")})
      if (auto const* number = end->as_number(); number != nullptr && !detail::is_short(*number))
        found_.error(Code::out_of_range, {"", 0, 0, at + key}, "a number of at most 15 digits is expected", "");
      else if (!end->is_none() && end->kind() != declared.type)
        found_.error(Code::wrong_type, {"", 0, 0, at + key}, "the bound is of another type than the field",
                     "only numbers, counts and dates have bounds");
  }

  void identity(RecordKind const& kind, FieldIdentity const& identity, std::string const& at)
  {
    if (identity.left.empty() || identity.right.empty())
      found_.error(Code::missing_key, {"", 0, 0, at}, "an identity has fields on both sides",
                   "add \"left\" and \"right\"");
    for (auto const* side : {&identity.left, &identity.less, &identity.right})
      for (auto const& name : *side)
        if (!is_number(find_field(kind, name)))
          found_.error(Code::unknown_name, {"", 0, 0, at}, "an identity adds up numbers and counts of its kind",
                       "name fields of this kind that are numbers");
  }

  std::string pointer_;
  Diagnostics found_;
  bool team_field_ = false;
};

/// Checks records against kinds.
class RecordCheck {
 public:
  RecordCheck(RecordKinds const& kinds, std::span<GenericRecord const> records, std::string pointer,
              Limits const& limits)
      : kinds_(kinds), records_(records), pointer_(std::move(pointer)), limits_(limits), found_(limits.diagnostics)
  {
    for (auto const& record : records) kind_of_.emplace(record.id, record.kind);
  }

  std::vector<Diagnostic> run()
  {
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < records_.size(); ++i) {
      here_ = pointer_ + "/" + std::to_string(i);
      if (records_[i].id.empty()) {
        error(Code::missing_key, "/id", "the record has no identifier", "add it");
      } else if (!ids.insert(records_[i].id).second) {
        error(Code::duplicate_id, "/id", "two records have the same identifier", "rename one");
      }
      record(records_[i]);
    }
    return std::move(found_).take();
  }

 private:
  void error(Code code, std::string const& key, std::string what, std::string mend)
  {
    found_.error(code, {"", 0, 0, here_ + key}, std::move(what), std::move(mend));
  }

  void record(GenericRecord const& record)
  {
    if (record.name.empty()) error(Code::missing_key, "/name", "the record has no name", "add it");
    auto const* kind = kinds_.find(record.kind);
    if (kind == nullptr)
      return error(Code::unknown_reference, "/kind", "nothing declares this kind of record",
                   "declare it under \"kinds\", or correct the word");
    days(*kind, record);
    for (auto const& [name, value] : record.details.entries) {
      auto const* field = find_field(*kind, name);
      auto const key = "/details/" + detail::escaped(name);
      if (field == nullptr) {
        error(Code::unknown_key, key, "the kind of the record has no such field", "declare it, or correct the name");
      } else if (!value.is_none()) {
        check(*field, value, key);
      }
    }
    for (auto const& field : kind->fields) {
      auto const* value = record.details.find(field.declaration.name);
      if (field.required && (value == nullptr || value->is_none()))
        error(Code::missing_key, "/details/" + field.declaration.name,
              "a field that every record of the kind has is missing", "add it");
    }
  }

  void days(RecordKind const& kind, GenericRecord const& record)
  {
    if (kind.time == RecordTime::none && (record.from || record.until))
      error(Code::not_allowed, record.from ? "/from" : "/until", "records of this kind have no days", "remove them");
    if (kind.time == RecordTime::required && !record.from)
      error(Code::missing_key, "/from", "the day is missing", "say when it took place, as far as it is known");
    if (record.from && record.until && record.until->latest() < record.from->earliest())
      error(Code::invalid_interval, "/until", "the end is before the begin", "mend one of the two days");
  }

  void check(RecordField const& field, Value const& value, std::string const& key)
  {
    if (auto wrong = detail::not_plain(value, limits_)) {
      wrong->place.pointer = here_ + key + wrong->place.pointer;
      return found_.add(std::move(*wrong));
    }
    switch (field.type) {
      case FieldType::object: return;
      case FieldType::count: return count(field, value, key);
      case FieldType::date: return date(field, value, key);
      case FieldType::list: return list(field, value, key);
      case FieldType::text: declared(field, value, key); return refers(field, value, key);
      case FieldType::boolean:
      case FieldType::number: return declared(field, value, key);
    }
  }

  void declared(RecordField const& field, Value const& value, std::string const& key)
  {
    auto wrong = tutela::check(field.declaration, value);
    if (!wrong) return;
    wrong->place.pointer = here_ + key;
    found_.add(std::move(*wrong));
  }

  void count(RecordField const& field, Value const& value, std::string const& key)
  {
    Value number = value;
    if (auto const* context = value.as_context()) {
      auto const* inner = context->find("value");
      auto const* about = context->find("approximate");
      if (inner == nullptr || (about != nullptr && about->as_boolean() == nullptr) ||
          context->entries.size() != (about == nullptr ? 1U : 2U))
        return error(Code::wrong_type, key, "a count is a number, or an object with \"value\" and \"approximate\"",
                     "write {\"value\": 180, \"approximate\": true}");
      number = *inner;
    }
    auto const* decimal = number.as_number();
    if (decimal == nullptr || !decimal->is_integer() || decimal->is_negative())
      return error(decimal == nullptr ? Code::wrong_type : Code::out_of_range, key,
                   "a count is a whole number of 0 or more", "leave the field out while it is not known");
    declared(field, number, key);
  }

  void date(RecordField const& field, Value const& value, std::string const& key)
  {
    auto const* text = value.as_string();
    auto const day = text == nullptr ? std::nullopt : parse_date(*text);
    if (!day) return error(Code::invalid_date, key, "this is not a day of the calendar", "write it as 2026-03-01");
    declared(field, Value(*day), key);
  }

  void list(RecordField const& field, Value const& value, std::string const& key)
  {
    declared(field, value, key);
    auto const* list = value.as_list();
    if (list == nullptr) return;
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      auto const item = key + "/" + std::to_string(i);
      if (list->items[i].as_string() == nullptr)
        error(Code::wrong_type, item, "the elements of a list are texts", "write texts");
      else
        refers(field, list->items[i], item);
    }
  }

  void refers(RecordField const& field, Value const& value, std::string const& key)
  {
    auto const* text = value.as_string();
    if (field.refers_to.empty() || text == nullptr) return;
    auto const found = kind_of_.find(*text);
    if (found == kind_of_.end() || found->second != field.refers_to)
      error(Code::dangling_reference, key, "there is no record of the kind \"" + field.refers_to + "\" of this name",
            "add it, or correct the identifier");
  }

  RecordKinds const& kinds_;
  std::span<GenericRecord const> records_;
  std::string pointer_;
  Limits const& limits_;
  std::map<std::string_view, std::string_view> kind_of_;
  std::string here_;
  Diagnostics found_;
};

}  // namespace

std::string_view to_string(FieldType type) noexcept { return type_words[static_cast<std::size_t>(type)]; }
std::string_view to_string(RecordTime time) noexcept { return time_words[static_cast<std::size_t>(time)]; }

Result<RecordKinds> RecordKinds::build(std::vector<RecordKind> kinds, RecordKinds const& known,
                                       std::string const& pointer)
{
  KindCheck check(pointer);
  RecordKinds built = known;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    check.check(kinds[i], i);
    if (!built.kinds_.emplace(kinds[i].kind, kinds[i]).second)
      check.found().error(Code::duplicate_id, {"", 0, 0, pointer + "/" + std::to_string(i) + "/kind"},
                          "this kind is declared twice", "rename one of the two");
  }
  for (std::size_t i = 0; i < kinds.size(); ++i) check.references(kinds[i], i, known, built.kinds_);
  if (check.found().has_errors()) return std::move(check.found()).take();
  return built;
}

RecordKind const* RecordKinds::find(std::string_view kind) const noexcept
{
  auto const found = kinds_.find(kind);
  return found == kinds_.end() ? nullptr : &found->second;
}

RecordField const* find_field(RecordKind const& kind, std::string_view name) noexcept
{
  auto const found = std::find_if(kind.fields.begin(), kind.fields.end(),
                                  [&](RecordField const& field) { return field.declaration.name == name; });
  return found == kind.fields.end() ? nullptr : &*found;
}

std::optional<Counted> number_in(GenericRecord const& record, std::string_view field) noexcept
{
  auto const* value = record.details.find(field);
  if (value == nullptr) return std::nullopt;
  if (auto const* number = value->as_number()) return Counted{*number, false};
  auto const* context = value->as_context();
  auto const* inner = context == nullptr ? nullptr : context->find("value");
  auto const* number = inner == nullptr ? nullptr : inner->as_number();
  if (number == nullptr) return std::nullopt;
  auto const* about = context->find("approximate");
  return Counted{*number, about != nullptr && about->as_boolean() != nullptr && *about->as_boolean()};
}

std::vector<Diagnostic> check_records(RecordKinds const& kinds, std::span<GenericRecord const> records,
                                      std::string const& pointer, Limits const& limits)
{
  return RecordCheck(kinds, records, pointer, limits).run();
}

}  // namespace tutela::inline v0
