// SPDX-License-Identifier: Apache-2.0
#include "casework/agenda_records.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace tutela::detail {
namespace {

class Check {
 public:
  explicit Check(AgendaRecords const& records) : records_(records)
  {
    for (auto const& agency : records.agencies) agencies_.insert(agency.id);
  }

  std::vector<Diagnostic> run(std::map<std::string_view, Clock const*> const& by_id)
  {
    for (std::size_t i = 0; i < records_.clocks.size(); ++i) {
      auto const& record = records_.clocks[i];
      auto const at = "/clocks/" + std::to_string(i);
      named(record.owner.agency, at + "/agency");
      if (by_id.count(record.clock) == 0)
        found_.error(Code::dangling_reference, {"", 0, 0, at + "/clock"}, "the clock is not among those of the country",
                     "use the identifier of a clock, such as MD-007");
      rising(
          record.record.done, [](Moment const& moment) { return moment.day; }, at + "/done");
      pauses(record.record.pauses, at + "/pauses");
    }
    for (std::size_t i = 0; i < records_.commitments.size(); ++i)
      commitment(records_.commitments[i], "/commitments/" + std::to_string(i));
    for (std::size_t i = 0; i < records_.plans.size(); ++i) plan(records_.plans[i], "/plans/" + std::to_string(i));
    for (std::size_t i = 0; i < records_.exchanges.size(); ++i)
      exchange(records_.exchanges[i], "/exchanges/" + std::to_string(i));
    for (std::size_t i = 0; i < records_.priorities.size(); ++i) {
      auto const at = "/priorities/" + std::to_string(i);
      once(records_.priorities[i].id, at);
      if (!records_.priorities[i].owner.agency.empty()) named(records_.priorities[i].owner.agency, at + "/agency");
    }
    return std::move(found_).take();
  }

 private:
  void named(AgencyId const& agency, std::string const& pointer)
  {
    if (agencies_.count(agency) == 0)
      found_.error(Code::dangling_reference, {"", 0, 0, pointer}, "the agency is not among the agencies of the records",
                   "add it to `agencies`");
  }

  void once(std::string const& id, std::string const& at)
  {
    if (!ids_.insert(id).second)
      found_.error(Code::duplicate_id, {"", 0, 0, at + "/id"}, "two records have the same identifier", "rename one");
  }

  void not_before(std::optional<Date> const& day, Date first, std::string const& pointer)
  {
    if (day && *day < first)
      found_.error(Code::invalid_interval, {"", 0, 0, pointer}, "the day is before the promise was made",
                   "mend one of the two days");
  }

  template <class T, class Day>
  void rising(std::vector<T> const& days, Day const& day, std::string const& pointer)
  {
    auto const falls = [&](T const& left, T const& right) { return day(left) < day(right); };
    if (!std::is_sorted(days.begin(), days.end(), falls))
      found_.error(Code::invalid_interval, {"", 0, 0, pointer}, "the days are not in rising order", "sort them");
  }

  void pauses(std::vector<Period> const& periods, std::string const& pointer)
  {
    for (std::size_t i = 0; i < periods.size(); ++i) {
      bool const apart =
          i == 0 || (periods[i - 1].until && periods[i].from && *periods[i - 1].until <= *periods[i].from);
      bool const sound = periods[i].from && (!periods[i].until || *periods[i].from < *periods[i].until);
      if (!apart || !sound)
        found_.error(Code::invalid_interval, {"", 0, 0, pointer + "/" + std::to_string(i)},
                     "pauses have a first day, rise and lie apart", "give `valid_from`, and sort them");
    }
  }

  void commitment(Commitment const& item, std::string const& at)
  {
    once(item.id, at);
    named(item.owner.agency, at + "/agency");
    not_before(item.due, item.promised, at + "/due");
    not_before(item.done, item.promised, at + "/done");
    not_before(item.withdrawn, item.promised, at + "/withdrawn");
    if (item.done && item.withdrawn)
      found_.error(Code::contradictory_facts, {"", 0, 0, at + "/withdrawn"}, "a promise is both done and withdrawn",
                   "keep one of the two");
    if (item.withdrawn && item.reason.empty())
      found_.error(Code::missing_key, {"", 0, 0, at + "/reason"}, "a promise is withdrawn without a reason",
                   "say why in `reason`");
  }

  void plan(JointPlan const& plan, std::string const& at)
  {
    once(plan.id, at);
    for (std::size_t i = 0; i < plan.agencies.size(); ++i)
      named(plan.agencies[i], at + "/agencies/" + std::to_string(i));
    found_.append(check_joint_plan(plan, at));
  }

  void exchange(Exchange const& item, std::string const& at)
  {
    once(item.id, at);
    named(item.owner.agency, at + "/agency");
    for (std::size_t i = 0; i < item.with.size(); ++i) named(item.with[i], at + "/with/" + std::to_string(i));
    rising(
        item.held, [](Date day) { return day; }, at + "/held");
    if (!item.held.empty()) not_before(item.held.front(), item.agreed, at + "/held");
    auto const unit = item.every.unit;
    if (item.every.count < 1 || unit == TermUnit::hours || unit == TermUnit::working_days)
      found_.error(Code::not_allowed, {"", 0, 0, at + "/every"}, "an exchange recurs after days, months or years",
                   "write `14 days` or `1 month`");
    if (item.purposes.empty())
      found_.error(Code::missing_key, {"", 0, 0, at + "/purposes"},
                   "an exchange says for which purposes data are shared", "name at least one purpose");
  }

  AgendaRecords const& records_;
  std::set<AgencyId> agencies_;
  std::set<std::string> ids_;
  Diagnostics found_;
};

}  // namespace

std::vector<Diagnostic> check_agenda_records(AgendaRecords const& records,
                                             std::map<std::string_view, Clock const*> const& by_id)
{
  return Check(records).run(by_id);
}

}  // namespace tutela::detail
