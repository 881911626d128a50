// SPDX-License-Identifier: Apache-2.0
#include <tutela/facts/record.hpp>

#include <algorithm>
#include <utility>

#include <tutela/base/text.hpp>

namespace tutela::inline v0 {
namespace {

/// FEEL names may hold blanks and letters of any script; a dot parts the levels.
bool is_name(std::string_view name) noexcept
{
  if (name.empty() || !is_utf8(name)) return false;
  char before = '.';
  for (char const character : name) {
    auto const byte = static_cast<unsigned char>(character);
    if (byte < 0x20 || byte == 0x7F) return false;
    bool const edge = character == '.' || character == ' ';
    if (edge && (before == '.' || before == ' ')) return false;  // an empty part, or blanks at its edge
    before = character;
  }
  return before != '.' && before != ' ';
}

struct ByName {
  bool operator()(Fact const& fact, std::string_view name) const noexcept { return fact.name < name; }
  bool operator()(std::string_view name, Fact const& fact) const noexcept { return name < fact.name; }
};

}  // namespace

Record::Record() : facts_(std::make_shared<std::vector<Fact> const>()) {}

std::vector<Fact> const& Record::facts() const& noexcept { return *facts_; }

Fact const* Record::find(std::string_view name, std::optional<Date> on, std::optional<Date> known_on) const noexcept
{
  Fact const* best = nullptr;
  auto const first = std::lower_bound(facts_->begin(), facts_->end(), name, ByName{});
  for (auto fact = first; fact != facts_->end() && fact->name == name; ++fact) {
    if (on && !fact->source.valid.contains(*on)) continue;
    if (known_on && fact->source.recorded && *known_on < *fact->source.recorded) continue;
    // The later recording wins; a fact without a recording day is the oldest.
    if (best == nullptr || best->source.recorded < fact->source.recorded) best = &*fact;
  }
  return best;
}

std::optional<Value> Record::disputed(std::string_view name, std::optional<Date> on, std::optional<Date> known_on) const
{
  auto const first = std::lower_bound(facts_->begin(), facts_->end(), name, ByName{});
  auto const last = std::upper_bound(first, facts_->end(), name, ByName{});
  if (last - first < 2) return std::nullopt;
  std::vector<Fact const*> latest;  // of each source, those that may hold on a common day
  for (auto fact = first; fact != last; ++fact) {
    if (on && !fact->source.valid.contains(*on)) continue;
    if (known_on && fact->source.recorded && *known_on < *fact->source.recorded) continue;
    if (fact->value.state() != State::known && fact->value.state() != State::none) continue;
    auto const corrected = std::find_if(latest.begin(), latest.end(), [&](Fact const* other) {
      return other->source.name == fact->source.name && other->source.valid.overlaps(fact->source.valid);
    });
    if (corrected == latest.end()) {
      latest.push_back(&*fact);
    } else if ((*corrected)->source.recorded < fact->source.recorded) {
      *corrected = &*fact;
    }
  }
  Domain domain;
  domain.kind = Domain::Kind::set;
  for (auto const* one : latest) {
    bool const beside_another = std::any_of(latest.begin(), latest.end(), [&](Fact const* other) {
      return other != one && !(other->value == one->value) && other->source.valid.overlaps(one->source.valid);
    });
    auto const& values = domain.values;
    if (beside_another && std::find(values.begin(), values.end(), one->value) == values.end())
      domain.values.push_back(one->value);
  }
  if (domain.values.size() < 2) return std::nullopt;
  return Value(Unknown{{std::string(name)}, {}, std::move(domain)});
}

Value Record::value(std::string_view name, std::optional<Date> on, std::optional<Date> known_on) const
{
  if (auto open = disputed(name, on, known_on)) return *std::move(open);
  Fact const* fact = find(name, on, known_on);
  return fact == nullptr ? Value::unknown(std::string(name)) : fact->value;
}

bool operator==(Record const& lhs, Record const& rhs) noexcept { return *lhs.facts_ == *rhs.facts_; }

RecordBuilder& RecordBuilder::set(std::string name, Value value, Source source) &
{
  facts_.push_back({std::move(name), std::move(value), std::move(source)});
  return *this;
}

RecordBuilder&& RecordBuilder::set(std::string name, Value value, Source source) &&
{
  return std::move(set(std::move(name), std::move(value), std::move(source)));
}

Result<Record> RecordBuilder::build(Limits const& limits) &&
{
  Diagnostics diagnostics(limits.diagnostics);
  auto const at = [](std::string const& name) {
    Place place;
    place.pointer = name;
    return place;
  };
  if (facts_.size() > limits.facts) {
    diagnostics.error(Code::limit_reached, {}, "the record has more facts than the limit \"facts\" allows",
                      "split the record, or raise the limit");
    return std::move(diagnostics).take();
  }
  std::stable_sort(facts_.begin(), facts_.end(), [](Fact const& lhs, Fact const& rhs) { return lhs.name < rhs.name; });
  for (auto const& fact : facts_) {
    if (!is_name(fact.name))
      diagnostics.error(Code::invalid_text, at(fact.name), "this is not the name of a fact",
                        "use parts joined by dots, without blanks at their edges and control characters");
    if (fact.value.is(Kind::error))
      diagnostics.error(Code::wrong_type, at(fact.name), "an error cannot be a fact", "leave the fact out");
    if (auto const extent = fact.value.extent();
        extent.parts > limits.value_parts || extent.depth > limits.nesting * 16)
      diagnostics.error(
          Code::limit_reached, at(fact.name),
          "the value has more parts than the limit \"value_parts\" or is nested deeper than 16 times \"nesting\"",
          "give only what rules read");
    auto const& valid = fact.source.valid;
    if (valid.from && valid.until && *valid.until <= *valid.from)
      diagnostics.error(Code::invalid_interval, at(fact.name), "the fact ends before it begins",
                        "the end is the first day on which it no longer holds");
  }
  // Facts of one name stand together; few share a name, so each pair is compared.
  for (auto first = facts_.begin(); first != facts_.end();) {
    auto const last = std::find_if(first, facts_.end(), [&](Fact const& fact) { return fact.name != first->name; });
    if (last - first > 1'000) {
      diagnostics.error(Code::limit_reached, at(first->name), "one fact has more than 1000 versions",
                        "keep the versions that decisions need");
      first = last;
      continue;
    }
    for (auto left = first; left != last; ++left)
      for (auto right = left + 1; right != last; ++right)
        if (left->source.recorded == right->source.recorded && left->source.name == right->source.name &&
            left->source.valid.overlaps(right->source.valid)) {
          diagnostics.error(Code::contradictory_facts, at(left->name), "the fact is given twice for a common day",
                            "give each its recording day, or days of validity that do not overlap");
        }
    first = last;
  }
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  Record record;
  record.facts_ = std::make_shared<std::vector<Fact> const>(std::move(facts_));
  return record;
}

}  // namespace tutela::inline v0
