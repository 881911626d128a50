// SPDX-License-Identifier: Apache-2.0
/// \file
/// Clocks, probation, monitoring, child protection and papers in Python: text in, JSON text out; the Python side makes
/// values of it.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <tutela/io/child_protection.hpp>
#include <tutela/io/clocks.hpp>
#include <tutela/io/documents.hpp>
#include <tutela/io/draft.hpp>
#include <tutela/io/monitoring.hpp>
#include <tutela/io/probation.hpp>

#include "answers.hpp"
#include "conversion.hpp"

namespace tutela::python {
namespace {

/// The folder of the shipped law of a country: `md`.
std::string folder_of(std::string const& jurisdiction)
{
  std::string folder;
  for (auto const sign : jurisdiction)
    folder += sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign - 'A' + 'a') : sign;
  return folder;
}

Date day_of(py::object const& on)
{
  auto const day = to_date(on, "on");
  if (!day) throw py::type_error("on: give the day");
  return *day;
}

WorkCalendar calendar_of(std::optional<std::string> const& path, std::string const& jurisdiction, Limits const& limits)
{
  if (!path) return {};
  auto calendar = required(load_work_calendar(*path, limits)).first;
  if (calendar.content().jurisdiction != jurisdiction)
    throw ContractViolation("the working days are of another country than the records");
  return calendar;
}

std::string or_folder(std::string const& path, std::string const& jurisdiction)
{
  return path.empty() ? folder_of(jurisdiction) : path;
}

void same_country(std::string const& law, std::string const& records)
{
  if (law != records) throw ContractViolation("the law is of another country than the records");
}

std::string list_clocks(std::string const& law, std::string const& events, py::object const& on,
                        std::optional<std::string> const& work_calendar, bool martial_law, bool include_unverified,
                        py::object const& limits)
{
  auto const day = day_of(on);
  auto const bounds = to_limits(limits);
  py::gil_scoped_release const release;
  auto const recorded = required(parse_clock_events(events, "", bounds)).first;
  auto const set = required(load_clocks(law, bounds)).first;
  auto const calendar = calendar_of(work_calendar, set.jurisdiction, bounds);
  auto const regime = martial_law ? Regime::martial_law : Regime::normal;
  return write_clock_list(read_clocks(set.clocks, recorded, calendar, {day, regime, include_unverified}));
}

std::string review_supervisions(std::string const& text, std::string const& file, py::object const& on,
                                std::string const& law_path, std::string const& clocks_path,
                                std::optional<std::string> const& work_calendar, bool include_unverified,
                                py::object const& limits)
{
  auto const day = day_of(on);
  auto const bounds = to_limits(limits);
  py::gil_scoped_release const release;
  auto const records = required(parse_probation_records(text, file, bounds)).first;
  auto const law = required(load_probation_law(or_folder(law_path, records.jurisdiction), bounds)).first;
  auto const set = required(load_clocks(or_folder(clocks_path, records.jurisdiction), bounds)).first;
  same_country(law.jurisdiction, records.jurisdiction);
  same_country(set.jurisdiction, records.jurisdiction);
  auto const calendar = calendar_of(work_calendar, records.jurisdiction, bounds);
  std::vector<SupervisionReview> reviews;
  for (auto const& each : records.supervisions)
    reviews.push_back(review_supervision(each, law, set.clocks, calendar, {day, include_unverified}));
  return write_supervision_reviews(reviews, law, set.clocks);
}

std::string review_children(std::string const& text, std::string const& file, py::object const& on,
                            std::string const& law_path, std::string const& clocks_path,
                            std::optional<std::string> const& work_calendar, bool include_unverified,
                            py::object const& limits)
{
  auto const day = day_of(on);
  auto const bounds = to_limits(limits);
  py::gil_scoped_release const release;
  auto const records = required(parse_protection_records(text, file, bounds)).first;
  auto const law = required(load_protection_law(or_folder(law_path, records.jurisdiction), bounds)).first;
  auto const set = required(load_clocks(or_folder(clocks_path, records.jurisdiction), bounds)).first;
  same_country(law.jurisdiction, records.jurisdiction);
  same_country(set.jurisdiction, records.jurisdiction);
  auto const calendar = calendar_of(work_calendar, records.jurisdiction, bounds);
  auto const reviews = review_child_protection(records, law, set.clocks, calendar, {day, include_unverified});
  return write_child_reviews(reviews, law, set.clocks);
}

std::int32_t steps(double degrees, char const* name, double most)
{
  if (!(degrees >= -most && degrees <= most))
    throw py::value_error(std::string(name) + ": a position in degrees is out of range");
  return static_cast<std::int32_t>(degrees * 1e7 + (degrees < 0 ? -0.5 : 0.5));
}

/// Reports of a device, a column each.
struct Columns {
  std::vector<std::int64_t> at;
  std::vector<std::int64_t> fixed_at;
  std::vector<double> latitude;
  std::vector<double> longitude;
  std::vector<std::uint32_t> accuracy;
};

std::vector<PositionEvent> events_of(Columns const& columns)
{
  auto const count = columns.at.size();
  if (columns.fixed_at.size() != count || columns.latitude.size() != count || columns.longitude.size() != count ||
      columns.accuracy.size() != count)
    throw py::value_error("the columns of the positions are not of one length");
  std::vector<PositionEvent> events;
  events.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    events.push_back({columns.at[i],
                      columns.fixed_at[i],
                      {steps(columns.latitude[i], "latitude", 90), steps(columns.longitude[i], "longitude", 180)},
                      columns.accuracy[i]});
  return events;
}

py::tuple check_stream(std::string const& text, std::string const& file, std::string const& order_id,
                       std::optional<std::string> const& places_text, Columns const& columns, std::int64_t from,
                       std::int64_t until, py::object const& on, py::object const& limits)
{
  auto const bounds = to_limits(limits);
  auto const day = to_date(on, "on");
  auto const events = events_of(columns);
  std::string review;
  std::string notices;
  std::optional<std::size_t> erase;
  {
    py::gil_scoped_release const release;
    auto const records = required(parse_monitoring_records(text, file, bounds)).first;
    ProtectedPlaces places;
    if (places_text) places = required(parse_protected_places(*places_text, "", bounds)).first;
    MonitoringOrder const* order = nullptr;
    for (auto const& each : records.orders)
      if (each.id == order_id) order = &each;
    if (order == nullptr) throw ContractViolation("there is no order of that identifier");
    auto const found = required(check_positions(*order, places, events, from, until, bounds)).first;
    review = write_monitoring_review(found);
    notices = write_monitored_notices(notices_for(*order, found));
    if (day) erase = positions_to_erase(*order, events, *day);
  }
  return py::make_tuple(review, notices, erase);
}

py::dict equipment_on(std::string const& text, std::string const& file, py::object const& on, py::object const& limits)
{
  auto const day = day_of(on);
  auto const records = required(parse_monitoring_records(text, file, to_limits(limits))).first;
  auto const count = count_equipment(records.equipment, day);
  py::dict counted;
  for (std::size_t state = 0; state < equipment_states; ++state)
    counted[py::str(std::string(to_string(static_cast<EquipmentState>(state))))] = count.pieces[state];
  return counted;
}

std::string papers_of(std::string const& text, std::string const& file, std::string const& case_id,
                      std::string const& law_path, PaperQuestion question, py::object const& on,
                      py::object const& limits)
{
  question.on = day_of(on);
  auto const bounds = to_limits(limits);
  py::gil_scoped_release const release;
  auto const cases = required(parse_documents(text, file, bounds)).first;
  auto const law = required(load_paper_law(law_path, bounds)).first;
  std::vector<Document> documents;
  for (auto const& each : cases)
    if (each.subject.text() == case_id) documents = each.documents;
  return write_needed_papers(needed_papers(documents, law.needs, question), law);
}

/// A draft as JSON and as Markdown.
/// \param documents_text Papers of cases, or nothing; \param law_path Which papers the law asks for.
std::pair<std::string, std::string> draft_of(std::string const& kind_word, std::string const& case_id,
                                             PackVerdict const* asked, std::optional<std::string> const& documents_text,
                                             std::string const& file, std::string const& law_path,
                                             std::map<std::string, std::string> values, std::string const& lang,
                                             py::object const& limits)
{
  auto const kind = parse_draft_kind(kind_word);
  if (!kind) throw ContractViolation("there is no draft of that kind");
  Case item;
  item.id = CaseId(case_id);
  DraftMaterial material;
  material.item = &item;
  material.values = std::move(values);
  NeededPapers papers;
  if (asked != nullptr) {
    auto const& question = *asked->asked;
    item.facts = question.facts;
    material.verdict = &asked->verdict;
    material.schema = &question.pack.schema();
    material.on = question.on;
    if (auto const* const decision = question.pack.find(asked->verdict.decision)) material.facts = decision->facts;
    if (documents_text && question.on) {
      auto const bounds = to_limits(limits);
      std::vector<Document> documents;
      for (auto const& each : required(parse_documents(*documents_text, file, bounds)).first)
        if (each.subject.text() == case_id) documents = each.documents;
      auto const law = required(load_paper_law(law_path, bounds)).first;
      papers = needed_papers(documents, law.needs, {asked->verdict.decision, {}, *question.on, 30, false});
      material.papers = &papers;
    }
  }
  auto const draft = make_draft(*kind, material, to_language(lang));
  return {write_draft(draft), draft_markdown(draft)};
}

}  // namespace

void bind_supervision(py::module_& module)
{
  module.def("_clocks", &list_clocks, "Behind `tutela.clocks`.");
  module.def("_review_probation", &review_supervisions, "Behind `tutela.review_probation`.");
  module.def("_review_child_protection", &review_children, "Behind `tutela.review_child_protection`.");
  module.def(
      "_check_positions",
      [](std::string const& text, std::string const& file, std::string const& order,
         std::optional<std::string> const& places, std::vector<std::int64_t> at, std::vector<std::int64_t> fixed_at,
         std::vector<double> latitude, std::vector<double> longitude, std::vector<std::uint32_t> accuracy,
         std::int64_t from, std::int64_t until, py::object const& on, py::object const& limits) {
        return check_stream(
            text, file, order, places,
            {std::move(at), std::move(fixed_at), std::move(latitude), std::move(longitude), std::move(accuracy)}, from,
            until, on, limits);
      },
      "Behind `tutela.check_positions`.");
  module.def("_count_equipment", &equipment_on, "Behind `tutela.count_equipment`.");
  module.def(
      "_needed_papers",
      [](std::string const& text, std::string const& file, std::string const& case_id, std::string const& law,
         std::string const& decision, std::vector<std::string> facts, py::object const& on, int days,
         bool include_unverified, py::object const& limits) {
        return papers_of(text, file, case_id, law, {decision, std::move(facts), {}, days, include_unverified}, on,
                         limits);
      },
      "Behind `tutela.needed_papers`.");
  module.def("_draft", &draft_of, "Behind `tutela.draft`.");
}

}  // namespace tutela::python
