// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/record_book.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace tutela::inline v0 {
namespace {

/// Checks what a book holds beside its kinds.
class Check {
 public:
  Check(RecordBookContent const& content, Limits const& limits) : content_(content), found_(limits.diagnostics) {}

  Diagnostics run(RecordKinds const& kinds, Limits const& limits)
  {
    if (content_.id.empty()) error(Code::missing_key, "/id", "the book has no name", "add it");
    if (content_.name.empty()) error(Code::missing_key, "/name", "the book does not say what it is", "add it");
    sources();
    std::set<std::string_view> nodes;
    for (std::size_t i = 0; i < content_.participants.size(); ++i)
      if (!nodes.insert(content_.participants[i].id.text()).second) twice("/participants/", i);
    for (std::size_t i = 0; i < content_.complete.size(); ++i)
      if (kinds.find(content_.complete[i]) == nullptr)
        error(Code::unknown_reference, "/complete/" + std::to_string(i), "nothing declares this kind of record",
              "declare it under \"kinds\", or correct the word");
    found_.append(check_records(kinds, content_.records, "/records", limits));
    for (std::size_t i = 0; i < content_.records.size(); ++i) record(content_.records[i], i, nodes);
    figures(kinds);
    work(limits);
    return std::move(found_);
  }

 private:
  void error(Code code, std::string pointer, std::string what, std::string mend)
  {
    found_.error(code, {"", 0, 0, std::move(pointer)}, std::move(what), std::move(mend));
  }

  void twice(std::string const& list, std::size_t position)
  {
    error(Code::duplicate_id, list + std::to_string(position) + "/id", "the identifier stands twice", "rename one");
  }

  void sources()
  {
    for (std::size_t i = 0; i < content_.sources.size(); ++i) {
      auto const& source = content_.sources[i];
      if (!sources_.insert(source.id.text()).second) twice("/sources/", i);
      if (!source.published && !source.seen)
        error(Code::missing_key, "/sources/" + std::to_string(i), "a source needs a date",
              "say when it was published, or when it was seen: \"published\", \"seen\"");
    }
  }

  void record(GenericRecord const& record, std::size_t position, std::set<std::string_view> const& nodes)
  {
    auto const at = "/records/" + std::to_string(position);
    for (std::size_t i = 0; i < record.participants.size(); ++i)
      if (nodes.count(record.participants[i].text()) == 0)
        error(Code::dangling_reference, at + "/participant_ids/" + std::to_string(i),
              "the participant is not among those of the book", "add it to \"participants\"");
    if (record.source.empty()) {
      if (!content_.synthetic)
        error(Code::missing_key, at, "it is not said where this was published",
              "add \"source_id\"; only a book marked as synthetic does without");
    } else if (sources_.count(record.source.text()) == 0) {
      error(Code::dangling_reference, at + "/source_id", "there is no source of this name", "add it to \"sources\"");
    }
  }

  void figures(RecordKinds const& kinds)
  {
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < content_.indicators.size(); ++i) {
      if (!ids.insert(content_.indicators[i].id).second) twice("/indicators/", i);
      found_.append(check_indicator(content_.indicators[i], kinds, "/indicators/" + std::to_string(i)));
    }
    for (std::size_t i = 0; i < content_.identities.size(); ++i) {
      if (!ids.insert(content_.identities[i].id).second) twice("/identities/", i);
      found_.append(check_identity(content_.identities[i], kinds, "/identities/" + std::to_string(i)));
    }
  }

  /// What computing all figures once would cost: a hostile file must not keep a machine busy.
  void work(Limits const& limits)
  {
    std::uint64_t parts = 0;
    for (auto const& record : content_.records) {
      parts += 1 + record.participants.size();
      for (auto const& [name, value] : record.details.entries) parts += value.extent().parts;
    }
    std::uint64_t looks = 0;
    auto const add = [&](RecordMeasure const& measure) {
      looks += 1 + content_.complete.size();
      for (auto const& condition : measure.where) looks += 1 + condition.equals.size();
    };
    for (auto const& indicator : content_.indicators) {
      add(indicator.numerator);
      if (indicator.denominator) add(*indicator.denominator);
    }
    for (auto const& identity : content_.identities)
      for (auto const* side : {&identity.left, &identity.less, &identity.right})
        for (auto const& measure : *side) add(measure);
    if (looks != 0 && parts / 100 > limits.search_steps / looks)
      error(Code::limit_reached, "/indicators",
            "the limit \"search_steps\" is reached: so many figures over so many records",
            "compute fewer figures in one file");
  }

  RecordBookContent const& content_;
  Diagnostics found_;
  std::set<std::string_view> sources_;
};

}  // namespace

Result<RecordBook> RecordBook::build(RecordBookContent content, RecordKinds const& used, std::string const& file,
                                     Limits const& limits)
{
  auto kinds = RecordKinds::build(content.kinds, used);
  auto found = kinds ? Check(content, limits).run(*kinds, limits) : Diagnostics(limits.diagnostics);
  found.append(kinds.diagnostics());
  if (found.has_errors()) {
    auto wrong = std::move(found).take();
    for (auto& each : wrong) each.place.file = file;
    return wrong;
  }
  RecordBook book;
  book.content_ = std::move(content);
  book.kinds_ = std::move(kinds).value();
  return book;
}

std::vector<GenericRecord const*> RecordBook::records_of(std::string_view kind) const
{
  auto const* declared = kinds_.find(kind);
  if (declared != nullptr && declared->team_only)
    throw ContractViolation("records of this kind stay with the team that keeps them and are never listed");
  std::vector<GenericRecord const*> found;
  for (auto const& record : content_.records)
    if (record.kind == kind) found.push_back(&record);
  return found;
}

RecordBook RecordBook::shareable() const
{
  RecordBook book = *this;
  std::erase_if(book.content_.records, [&](GenericRecord const& record) {
    auto const* kind = kinds_.find(record.kind);
    return kind != nullptr && kind->team_only;
  });
  return book;
}

Indicator const* RecordBook::find_indicator(std::string_view id) const noexcept
{
  auto const found = std::find_if(content_.indicators.begin(), content_.indicators.end(),
                                  [&](Indicator const& one) { return one.id == id; });
  return found == content_.indicators.end() ? nullptr : &*found;
}

IndicatorValue RecordBook::value(Indicator const& indicator, IndicatorOptions const& options) const
{
  return evaluate(indicator, set(), options);
}

IndicatorValue RecordBook::value(std::string_view indicator, IndicatorOptions const& options) const
{
  auto const* found = find_indicator(indicator);
  if (found == nullptr) throw ContractViolation("the book has no indicator of this name");
  return value(*found, options);
}

std::vector<IndicatorValue> RecordBook::values(IndicatorOptions const& options) const
{
  std::vector<IndicatorValue> found;
  for (auto const& indicator : content_.indicators) found.push_back(value(indicator, options));
  return found;
}

std::vector<IdentityResult> RecordBook::identities() const { return check_identities(set(), content_.identities); }

}  // namespace tutela::inline v0
