// SPDX-License-Identifier: Apache-2.0
#include <tutela/model/case_member.hpp>

namespace tutela::inline v0 {

std::vector<CaseStatus> statuses_on(std::vector<CaseStatus> const& statuses, MemberId const& member, Date on)
{
  std::vector<CaseStatus> found;
  for (auto const& status : statuses)
    if (status.member == member && status.valid.contains(on)) found.push_back(status);
  return found;
}

}  // namespace tutela::inline v0
