// SPDX-License-Identifier: Apache-2.0
#include <tutela/referral/history.hpp>

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "referral/network_index.hpp"

namespace tutela::inline v0 {
namespace {

/// Keeps what was known on a day; of what is kept nothing is withdrawn any more, as far as was known then.
template <class T>
void keep_known(std::vector<T>& records, Date known_on)
{
  std::erase_if(records, [&](T const& one) { return !one.known.contains(known_on); });
  for (T& one : records) one.known.until.reset();
}

using Names = std::set<std::string, std::less<>>;

template <class T>
Names names_of(std::vector<T> const& records)
{
  Names names;
  for (T const& one : records) names.insert(one.id.text());
  return names;
}

/// Leaves out what leans on services, stops and agreements that are not there.
void drop_dangling(NetworkContent& content)
{
  Names const services = names_of(content.services);
  Names const agreements = names_of(content.agreements);
  Names stops = services;
  stops.merge(names_of(content.agencies));
  stops.merge(names_of(content.units));
  auto const of_service = [&](auto const& one) { return services.count(one.service.text()) == 0; };
  std::erase_if(content.capacities, of_service);
  std::erase_if(content.out_of_service, of_service);
  std::erase_if(content.waiting, of_service);
  std::erase_if(content.figures, [&](Figure const& one) { return stops.count(one.about.text()) == 0; });
  auto const is_gone = [&](auto const& stop) { return stops.count(stop.text()) == 0; };
  for (GenericRecord& one : content.records) std::erase_if(one.participants, is_gone);
  for (Basis& one : content.bases) std::erase_if(one.to, is_gone);
  std::erase_if(content.bases, [&](Basis const& one) {
    return one.to.empty() || (one.kind == BasisKind::agreement && agreements.count(one.agreement.text()) == 0);
  });
}

NetworkContent known_content(NetworkContent content, Date known_on)
{
  keep_known(content.services, known_on);
  keep_known(content.agreements, known_on);
  keep_known(content.bases, known_on);
  keep_known(content.capacities, known_on);
  keep_known(content.out_of_service, known_on);
  keep_known(content.waiting, known_on);
  for (Agreement& agreement : content.agreements) {
    keep_known(agreement.steps, known_on);
    // What was recorded later may have begun earlier.
    std::stable_sort(
        agreement.steps.begin(), agreement.steps.end(),
        [](AgreementStep const& a, AgreementStep const& b) { return a.from.earliest() < b.from.earliest(); });
  }
  std::erase_if(content.agreements, [](Agreement const& one) { return one.steps.empty(); });
  drop_dangling(content);
  return content;
}

/// The places of one day: no entries of days, and nothing that was seen later.
void flatten(Capacity& capacity, Date as_of)
{
  bool const seen = capacity.updated && *capacity.updated <= as_of;
  // Whether what was seen is too old is for the question: any age counts here.
  constexpr std::int32_t any_age = std::numeric_limits<std::int32_t>::max();
  auto const declared = std::exchange(capacity.fresh_days, std::nullopt);
  auto const available = seen ? available_on(capacity, as_of, any_age) : std::nullopt;
  capacity.maximum = maximum_on(capacity, as_of);
  capacity.available = available;
  capacity.fresh_days = declared;
  if (!available) capacity.updated.reset();
  capacity.days.clear();
}

void keep_day(NetworkContent& content, Date as_of)
{
  auto const elsewhere = [&](Period const& period) { return !period.contains(as_of); };
  std::erase_if(content.regimes, [&](SpecialRegime const& one) { return elsewhere(one.valid); });
  std::erase_if(content.duties_to_report, [&](DutyToReport const& one) { return elsewhere(one.valid); });
  std::erase_if(content.out_of_service, [&](OutOfService const& one) { return elsewhere(one.days); });
  std::erase_if(content.waiting, [&](Waiting const& one) { return one.as_of > as_of; });
  Names shut;
  for (Agreement& agreement : content.agreements) {
    if (is_open_on(agreement, as_of) == Truth::no) shut.insert(agreement.id.text());
    std::erase_if(agreement.steps, [&](AgreementStep const& step) { return step.from.earliest() > as_of; });
  }
  std::erase_if(content.agreements, [](Agreement const& one) { return one.steps.empty(); });
  std::erase_if(content.bases, [&](Basis const& one) {
    return elsewhere(one.valid) || (one.kind == BasisKind::agreement && shut.count(one.agreement.text()) != 0);
  });
  for (Capacity& capacity : content.capacities) flatten(capacity, as_of);
}

}  // namespace

Result<NetworkHistory> NetworkHistory::build(NetworkContent records, std::string const& file, Limits const& limits)
{
  Diagnostics diagnostics(limits.diagnostics);
  detail::check_network(records, file, limits, diagnostics, detail::ContentKind::history);
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  return {NetworkHistory(std::make_shared<NetworkContent const>(std::move(records))), std::move(diagnostics).take()};
}

NetworkContent const& NetworkHistory::records() const& noexcept { return *records_; }

Result<Network> NetworkHistory::known(Date known_on, Limits const& limits) const
{
  return Network::build(known_content(*records_, known_on), {}, limits);
}

Result<Network> NetworkHistory::snapshot(Date as_of, Date known_on, Limits const& limits) const
{
  NetworkContent content = known_content(*records_, known_on);
  keep_day(content, as_of);
  return Network::build(std::move(content), {}, limits);
}

}  // namespace tutela::inline v0
