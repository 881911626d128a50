// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/household_child.hpp>

#include <algorithm>
#include <utility>

namespace tutela::inline v0 {

Result<std::optional<HouseholdChildTask>> household_child_task(MonitoringReview const& review, Schema const& schema,
                                                               DisclosureRequest const& request,
                                                               GroundTest const& grounds)
{
  if (std::find(review.tasks.begin(), review.tasks.end(), MonitoringTask::tell_childrens_service) == review.tasks.end())
    return std::optional<HouseholdChildTask>{};
  if (!request.needed || request.needed->empty())
    return Diagnostic{Code::missing_key, Severity::error, Place{{}, 0, 0, "/needed"},
                      "nobody said what the children's service needs to know",
                      "name the facts, and no more than it needs"};
  auto found = what_may_be_told(schema, request, grounds);
  if (!found) return std::move(found).diagnostics();
  HouseholdChildTask task{review.order, std::move(found).value(), Telling::withhold};
  task.telling = task.finding.of_result(*request.needed);
  return std::optional(std::move(task));
}

}  // namespace tutela::inline v0
