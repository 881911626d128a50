// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include <tutela/casework/indicator.hpp>

#include "model/plain_value.hpp"

namespace tutela::inline v0 {
namespace {

/// Checks what is declared about figures.
class Check {
 public:
  Check(RecordKinds const& kinds, std::string pointer) : kinds_(kinds), pointer_(std::move(pointer)) {}

  void measure(RecordMeasure const& measure, std::string const& at)
  {
    auto const* kind = kinds_.find(measure.kind);
    if (kind == nullptr)
      return error(Code::unknown_reference, at + "/kind", "nothing declares this kind of record",
                   "declare it under \"kinds\", or correct the word");
    if (kind->never_computed)
      error(Code::not_allowed, at + "/kind", "what others claim is kept and never computed with",
            "count the records that the claim is about");
    field(*kind, measure, at);
    for (std::size_t i = 0; i < measure.where.size(); ++i)
      condition(*kind, measure.where[i], at + "/where/" + std::to_string(i));
    if (measure.when != PeriodRule::any && kind->time == RecordTime::none)
      error(Code::not_allowed, at + "/when", "records of this kind have no days", "leave \"when\" out");
  }

  void indicator(Indicator const& one)
  {
    measure(one.numerator, "/numerator");
    if (one.denominator) measure(*one.denominator, "/denominator");
    bool const amount = one.form == IndicatorForm::amount;
    if (amount && one.denominator)
      error(Code::not_allowed, "/denominator", "an amount is not divided by anything", "make it a ratio");
    if (!amount && !one.denominator)
      error(Code::missing_key, "/denominator", "a ratio needs what it is divided by", "add it");
    if (!amount && !one.decimals)
      error(Code::missing_key, "/decimals", "a ratio says how many places it is rounded to", "add it");
    number(one.per, "/per");
    if (one.per <= Decimal(0)) error(Code::out_of_range, "/per", "the factor is more than zero", "write 1, 100, 1000");
    if (one.name.empty()) error(Code::missing_key, "/name", "an indicator needs a name", "add it");
    if (one.definition.empty())
      error(Code::missing_key, "/definition", "an indicator says in words what it counts", "add it");
    if (one.unit.empty()) error(Code::missing_key, "/unit", "an indicator has a unit", "add it");
    if (one.period && !(one.period->from && one.period->until && *one.period->from < *one.period->until))
      error(Code::invalid_interval, "/until", "the days of an indicator have a begin and a later end",
            "give both; the end is the first day that no longer belongs to it");
  }

  void identity(Identity const& one)
  {
    if (one.left.empty() || one.right.empty())
      error(Code::missing_key, "", "an identity has sums on both sides", "add \"left\" and \"right\"");
    for (auto const& [side, key] :
         {std::pair(&one.left, "/left/"), std::pair(&one.less, "/less/"), std::pair(&one.right, "/right/")})
      for (std::size_t i = 0; i < side->size(); ++i) {
        auto const at = key + std::to_string(i);
        measure((*side)[i], at);
        auto const* kind = kinds_.find((*side)[i].kind);
        if (kind != nullptr && kind->team_only)
          error(Code::not_allowed, at + "/kind",
                "the two sides of an identity would show numbers that stay with a team",
                "add up records of another kind");
        if ((*side)[i].when != PeriodRule::any)
          error(Code::not_allowed, at + "/when", "an identity looks at all records of a kind", "leave \"when\" out");
      }
  }

  std::vector<Diagnostic> take() { return std::move(found_).take(); }

 private:
  void error(Code code, std::string const& key, std::string what, std::string mend)
  {
    found_.error(code, {"", 0, 0, pointer_ + key}, std::move(what), std::move(mend));
  }

  void field(RecordKind const& kind, RecordMeasure const& measure, std::string const& at)
  {
    auto const* found = find_field(kind, measure.field);
    if (measure.form == MeasureForm::count) {
      if (!measure.field.empty())
        error(Code::not_allowed, at + "/field", "records are counted as a whole", "leave \"field\" out");
    } else if (found == nullptr) {
      error(Code::unknown_name, at + "/field", "the kind has no field of this name", "name a field of the kind");
    } else if (measure.form == MeasureForm::sum && found->type != FieldType::count &&
               found->type != FieldType::number) {
      error(Code::wrong_type, at + "/field", "only numbers and counts are added up", "name a field that is a number");
    } else if (measure.form == MeasureForm::distinct && found->type != FieldType::text) {
      error(Code::wrong_type, at + "/field", "only texts are told apart", "name a field that is a text");
    }
  }

  /// A number that every reader of JSON reads as it is.
  void number(Decimal value, std::string const& at)
  {
    if (!detail::is_short(value))
      error(Code::out_of_range, at, "a number of at most 15 digits is expected", "write fewer digits");
  }

  void condition(RecordKind const& kind, RecordCondition const& condition, std::string const& at)
  {
    bool const bounds = condition.at_least || condition.below;
    if (condition.at_least) number(*condition.at_least, at + "/at_least");
    if (condition.below) number(*condition.below, at + "/below");
    if (condition.equals.empty() && !bounds)
      error(Code::missing_key, at, "a condition asks for something", "add \"equals\", \"at_least\" or \"below\"");
    if (condition.field == "participant_ids") {
      if (bounds) error(Code::wrong_type, at, "whom a record concerns is no number", "use \"equals\"");
      return;
    }
    auto const* found = find_field(kind, condition.field);
    if (found == nullptr)
      return error(Code::unknown_name, at + "/field", "the kind has no field of this name", "name a field of the kind");
    bool const number = found->type == FieldType::count || found->type == FieldType::number;
    if (bounds && !number) error(Code::wrong_type, at, "only numbers and counts have bounds", "use \"equals\"");
    for (auto const& value : condition.equals) equals(*found, value, at + "/equals");
  }

  void equals(RecordField const& field, Value const& value, std::string const& at)
  {
    bool const text = field.type == FieldType::list && value.as_string() == nullptr;
    if (text || field.type == FieldType::object || (field.type == FieldType::count && value.as_number() == nullptr))
      return error(Code::wrong_type, at, "a field of this type is not compared with this", "use another field");
    if (field.type == FieldType::date) {
      if (value.as_string() == nullptr || !parse_date(*value.as_string()))
        error(Code::invalid_date, at, "this is not a day of the calendar", "write it as 2026-03-01");
      return;
    }
    if (auto const* decimal = value.as_number()) number(*decimal, at);
    Value asked = value;
    if (field.type == FieldType::list) asked = Value(List{{value}});
    if (auto wrong = check(field.declaration, asked)) error(wrong->code, at, wrong->what, wrong->mend);
  }

  RecordKinds const& kinds_;
  std::string pointer_;
  Diagnostics found_;
};

/// Adds up one side; nothing where a part of it is not settled.
std::optional<Decimal> total(std::vector<std::optional<Decimal>> const& parts)
{
  Decimal sum(0);
  for (auto const& part : parts) {
    if (!part) return std::nullopt;
    sum = sum + *part;
  }
  return sum;
}

IdentityResult compared(std::string identity, std::string record, std::optional<Decimal> const& left,
                        std::optional<Decimal> const& less, std::optional<Decimal> const& right, bool approximate)
{
  IdentityResult result{std::move(identity), std::move(record), Truth::unknown, std::nullopt, right};
  if (left && less) result.left = *left - *less;
  if (result.left && result.right && !approximate) result.holds = to_truth(*result.left == *result.right);
  return result;
}

IdentityResult of_record(FieldIdentity const& identity, GenericRecord const& record)
{
  bool approximate = false;
  auto const side = [&](std::vector<std::string> const& names) {
    std::vector<std::optional<Decimal>> parts;
    for (auto const& name : names) {
      auto const number = number_in(record, name);
      approximate = approximate || (number && number->approximate);
      parts.push_back(number ? std::optional(number->value) : std::nullopt);
    }
    return total(parts);
  };
  auto const left = side(identity.left);
  auto const less = side(identity.less);
  auto const right = side(identity.right);
  return compared(record.kind, record.id, left, less, right, approximate);
}

IdentityResult of_set(Identity const& identity, RecordSet const& set)
{
  bool approximate = false;
  auto const side = [&](std::vector<RecordMeasure> const& measures) {
    std::vector<std::optional<Decimal>> parts;
    for (auto const& one : measures) {
      auto const found = measure(one, set);
      approximate = approximate || found.approximate;
      parts.push_back(found.value());
    }
    return total(parts);
  };
  auto const left = side(identity.left);
  auto const less = side(identity.less);
  auto const right = side(identity.right);
  return compared(identity.id, "", left, less, right, approximate);
}

}  // namespace

std::vector<Diagnostic> check_indicator(Indicator const& indicator, RecordKinds const& kinds,
                                        std::string const& pointer)
{
  Check check(kinds, pointer);
  check.indicator(indicator);
  return check.take();
}

std::vector<Diagnostic> check_identity(Identity const& identity, RecordKinds const& kinds, std::string const& pointer)
{
  Check check(kinds, pointer);
  check.identity(identity);
  return check.take();
}

std::vector<IdentityResult> check_identities(RecordSet const& set, std::vector<Identity> const& identities)
{
  std::vector<IdentityResult> found;
  for (auto const& record : *set.records)
    if (auto const* kind = set.kinds->find(record.kind))
      for (auto const& identity : kind->identities) found.push_back(of_record(identity, record));
  for (auto const& identity : identities) found.push_back(of_set(identity, set));
  return found;
}

}  // namespace tutela::inline v0
