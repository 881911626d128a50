// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/joint_plan.hpp>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "model/plain_value.hpp"

namespace tutela::inline v0 {
namespace {

class Check {
 public:
  Check(JointPlan const& plan, std::string pointer) : plan_(plan), pointer_(std::move(pointer)) {}

  std::vector<Diagnostic> run()
  {
    if (plan_.id.empty()) error(Code::missing_key, "/id", "the plan has no identifier", "add it");
    agencies();
    members();
    for (std::size_t i = 0; i < plan_.statuses.size(); ++i) status(plan_.statuses[i], "/statuses/" + std::to_string(i));
    for (std::size_t i = 0; i < plan_.team.size(); ++i) specialist(plan_.team[i], "/team/" + std::to_string(i));
    coordinators();
    for (std::size_t i = 0; i < plan_.measures.size(); ++i)
      measure(plan_.measures[i], "/measures/" + std::to_string(i));
    if (plan_.ended && *plan_.ended < plan_.agreed)
      error(Code::invalid_interval, "/ended", "the plan ends before it was agreed", "mend one of the two days");
    return std::move(found_).take();
  }

 private:
  void error(Code code, std::string const& key, std::string what, std::string mend)
  {
    found_.error(code, {"", 0, 0, pointer_ + key}, std::move(what), std::move(mend));
  }

  void word(std::string const& text, std::string const& key)
  {
    if (!detail::is_code_word(text))
      error(Code::not_allowed, key, "a code word is expected here", "use lower-case letters, digits and underscores");
  }

  void agencies()
  {
    for (auto const& agency : plan_.agencies) agencies_.insert(agency.text());
    if (agencies_.size() < 2)
      error(Code::missing_key, "/agencies", "a joint plan is made by at least two agencies", "name the others");
  }

  void owner(Owner const& owner, std::string const& at)
  {
    if (agencies_.count(owner.agency.text()) == 0)
      error(Code::dangling_reference, at + "/agency", "the agency is not among those of the plan",
            "add it to \"agencies\"");
  }

  void members()
  {
    bool child = false;
    for (std::size_t i = 0; i < plan_.members.size(); ++i) {
      auto const at = "/members/" + std::to_string(i);
      if (plan_.members[i].id.empty() || !members_.insert(plan_.members[i].id.text()).second)
        error(Code::duplicate_id, at + "/id", "two people of the case have the same identifier, or one has none",
              "rename one");
      word(plan_.members[i].relation, at + "/relation");
      child = child || plan_.members[i].is_child;
    }
    if (!child) error(Code::missing_key, "/members", "the plan is about no child", "add the child");
  }

  void interval(Period const& period, std::string const& at)
  {
    if (period.from && period.until && *period.until <= *period.from)
      error(Code::invalid_interval, at + "/valid_until", "the interval ends before it begins",
            "the end is the first day that no longer belongs to it");
  }

  void person(MemberId const& id, std::string const& key)
  {
    if (members_.count(id.text()) == 0)
      error(Code::dangling_reference, key, "nobody of the case has this identifier", "add the person to \"members\"");
  }

  void status(CaseStatus const& status, std::string const& at)
  {
    person(status.member, at + "/member");
    word(status.status, at + "/status");
    interval(status.valid, at);
    if (!status.given_by.empty()) owner({status.given_by, ""}, at);
  }

  void specialist(TeamMember const& one, std::string const& at)
  {
    owner(one.owner, at);
    word(one.profile, at + "/profile");
    interval(one.valid, at);
    if (!team_.emplace(one.owner, one.profile, one.valid.from ? to_days(*one.valid.from) : INT64_MIN).second)
      error(Code::duplicate_id, at, "this specialist stands twice", "remove one");
  }

  /// Exactly one on every day from the agreement until the plan ends.
  void coordinators()
  {
    std::vector<std::pair<std::int64_t, std::int64_t>> terms;  // [first day, day behind the last)
    for (auto const& one : plan_.team)
      if (one.coordinator)
        terms.emplace_back(one.valid.from ? to_days(*one.valid.from) : INT64_MIN,
                           one.valid.until ? to_days(*one.valid.until) : INT64_MAX);
    std::sort(terms.begin(), terms.end());
    auto const begin = to_days(plan_.agreed);
    auto const end = plan_.ended ? to_days(*plan_.ended) : INT64_MAX;
    std::optional<std::int64_t> covered;
    for (auto const& [first, behind] : terms) {
      auto const start = std::max(first, begin);
      if (behind <= start || end <= start) continue;  // before or behind the plan
      if (covered.value_or(begin) < start) break;
      if (covered && start < *covered)
        return error(Code::contradictory_facts, "/team", "on some days the plan has more than one coordinator",
                     "let one end where the next begins");
      covered = behind;
    }
    if (covered.value_or(begin) < end)
      error(Code::missing_key, "/team", "on some days the plan has no coordinator",
            "say who coordinates from the day of the agreement on");
  }

  void measure(PlanMeasure const& one, std::string const& at)
  {
    if (one.id.empty() || !measures_.insert(one.id).second)
      error(Code::duplicate_id, at + "/id", "two measures have the same identifier, or one has none", "rename one");
    if (one.what.empty()) error(Code::missing_key, at + "/what", "the measure does not say what is done", "add it");
    word(one.kind, at + "/kind");
    owner(one.owner, at);
    if (!one.about.empty()) person(one.about, at + "/about");
    for (auto const& [day, key] : {std::pair(one.due, "/due"), std::pair(one.done, "/done")})
      if (day && *day < plan_.agreed)
        error(Code::invalid_interval, at + key, "the day is before the plan was agreed", "mend one of the two days");
    if (one.voluntary && one.condition)
      error(Code::contradictory_facts, at + "/condition",
            "a voluntary measure is never a condition for help, contact or keeping a child",
            "nothing may hang on whether the person takes part");
  }

  JointPlan const& plan_;
  std::string pointer_;
  Diagnostics found_;
  std::set<std::string_view> agencies_;
  std::set<std::string_view> members_;
  std::set<std::string_view> measures_;
  std::set<std::tuple<Owner, std::string, std::int64_t>> team_;
};

}  // namespace

std::vector<Diagnostic> check_joint_plan(JointPlan const& plan, std::string const& pointer)
{
  return Check(plan, pointer).run();
}

TeamMember const* coordinator_on(JointPlan const& plan, Date on) noexcept
{
  auto const found = std::find_if(plan.team.begin(), plan.team.end(),
                                  [&](TeamMember const& one) { return one.coordinator && one.valid.contains(on); });
  return found == plan.team.end() ? nullptr : &*found;
}

std::vector<Commitment> commitments_of(JointPlan const& plan)
{
  std::vector<Commitment> made;
  for (auto const& one : plan.measures) {
    Commitment promise;
    promise.id = plan.id + "/" + one.id;
    promise.what = one.what;
    promise.owner = one.owner;
    promise.promised = plan.agreed;
    promise.due = one.due;
    promise.done = one.done;
    if (plan.ended && !(one.done && *one.done <= *plan.ended)) {
      promise.done.reset();
      promise.withdrawn = plan.ended;
      promise.reason = "plan_ended";
    }
    promise.source = plan.source;
    made.push_back(std::move(promise));
  }
  return made;
}

std::map<std::string, MeasureCount> measures_by_kind(JointPlan const& plan, Date on)
{
  std::map<std::string, MeasureCount> found;
  for (auto const& one : plan.measures) {
    auto& count = found[one.kind];
    ++count.all;
    if (one.done && *one.done <= on) ++count.done;
  }
  return found;
}

}  // namespace tutela::inline v0
