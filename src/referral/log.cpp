// SPDX-License-Identifier: Apache-2.0
#include <tutela/referral/log.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "referral/log_check.hpp"

namespace tutela::detail {
namespace {

/// The latest time that a year of four digits has.
constexpr std::int64_t last_time = 253'402'300'799;

class LogCheck {
 public:
  explicit LogCheck(ReferralLog const& log) : log_(log) {}

  std::vector<Diagnostic> run() &&
  {
    std::size_t const rows = log_.size();
    for (std::size_t const length : {log_.state.size(), log_.time.size(), log_.from.size(), log_.to.size(),
                                     log_.service.size(), log_.reason.size(), log_.basis.size()})
      if (length != rows) {
        found_.error(Code::wrong_type, {}, "the columns of the log have different lengths");
        return std::move(found_).take();
      }
    if (rows >= no_label || log_.referral_ids.size() >= no_label) {
      found_.error(Code::limit_reached, {}, "a log has at most 4,294,967,294 events and referrals");
      return std::move(found_).take();
    }
    labels("referral", log_.referral, log_.referral_ids.size(), false);
    labels("from", log_.from, log_.stops.size(), true);
    labels("to", log_.to, log_.stops.size(), true);
    labels("service", log_.service, log_.stops.size(), true);
    labels("reason", log_.reason, log_.reasons.size(), true);
    labels("basis", log_.basis, log_.bases.size(), true);
    rows_where("state", "is not a state",
               [&](std::size_t row) { return static_cast<std::size_t>(log_.state[row]) >= referral_states; });
    rows_where("time", "is not a time of the years 1 to 9999",
               [&](std::size_t row) { return log_.time[row] > last_time || log_.time[row] < -62'135'596'800; });
    return std::move(found_).take();
  }

 private:
  template <class Wrong>
  void rows_where(std::string const& column, char const* what, Wrong const& wrong)
  {
    bool any = false;
    for (std::size_t row = 0; row < log_.size(); ++row) any |= wrong(row);
    if (!any) return;
    for (std::size_t row = 0; row < log_.size(); ++row)
      if (wrong(row))
        found_.error(Code::out_of_range, Place{{}, 0, 0, "/" + std::to_string(row) + "/" + column},
                     "the " + column + " " + what);
  }

  void labels(std::string const& column, std::vector<std::uint32_t> const& numbers, std::size_t known, bool optional)
  {
    rows_where(column, "has a number without a label",
               [&](std::size_t row) { return numbers[row] >= known && !(optional && numbers[row] == no_label); });
  }

  ReferralLog const& log_;
  Diagnostics found_;
};

}  // namespace

std::vector<Diagnostic> findings_of_log(ReferralLog const& log) { return LogCheck(log).run(); }

RowsByReferral rows_by_referral(ReferralLog const& log)
{
  RowsByReferral result;
  result.first.resize(log.referral_ids.size() + 1);
  for (std::uint32_t const each : log.referral) ++result.first[each + 1];
  std::partial_sum(result.first.begin(), result.first.end(), result.first.begin());
  auto next = result.first;
  result.rows.resize(log.size());
  for (std::uint32_t row = 0; row < log.size(); ++row) result.rows[next[log.referral[row]]++] = row;
  auto const earlier = [&](std::uint32_t a, std::uint32_t b) { return log.time[a] < log.time[b]; };
  for (std::size_t k = 0; k + 1 < result.first.size(); ++k) {
    auto const begin = result.rows.begin() + result.first[k];
    auto const end = result.rows.begin() + result.first[k + 1];
    if (!std::is_sorted(begin, end, earlier)) std::stable_sort(begin, end, earlier);
  }
  return result;
}

}  // namespace tutela::detail

namespace tutela::inline v0 {
namespace {

using Standing = ReferralState;

/// The stages of the way to a service, and which states show that one was reached.
constexpr std::array stages{Standing::sent, Standing::received, Standing::accepted, Standing::started,
                            Standing::completed};

std::uint32_t bit(Standing state) noexcept { return 1U << static_cast<unsigned>(state); }

/// States that show that the stage before them was passed.
std::uint32_t beyond(Standing stage) noexcept
{
  std::uint32_t const completed = bit(Standing::completed);
  std::uint32_t const started = completed | bit(Standing::started) | bit(Standing::failed);
  std::uint32_t const accepted = started | bit(Standing::accepted);
  switch (stage) {
    case Standing::sent: return accepted | bit(Standing::received) | bit(Standing::waitlisted);
    case Standing::received: return accepted | bit(Standing::waitlisted);
    case Standing::accepted: return started;
    case Standing::started: return completed;
    default: return bit(Standing::closed);
  }
}

double median(std::vector<std::int64_t>& values)
{
  auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  auto const upper = static_cast<double>(*middle);
  if (values.size() % 2 == 1) return upper;
  return (upper + static_cast<double>(*std::max_element(values.begin(), middle))) / 2;
}

/// One referral as the figures need it.
struct Walk {
  detail::SentWay way;
  std::uint32_t seen = 0;  ///< Bits of the states it was in.
  Standing last = Standing::draft;
  std::optional<std::int64_t> sent;
  std::optional<std::int64_t> started;
  std::optional<std::int64_t> ended;  ///< First end before a service.
};

class Counter {
 public:
  Counter(ReferralLog const& log, std::int64_t until) : log_(log), until_(until) {}

  LogSummary run()
  {
    auto const order = detail::rows_by_referral(log_);
    summary_.events = log_.size();
    for (Standing const stage : stages) summary_.stages.push_back({stage, 0, 0, 0, 0, 0});
    for (std::size_t k = 0; k + 1 < order.first.size(); ++k)
      if (order.first[k] < order.first[k + 1])
        count(walk(std::span(order.rows).subspan(order.first[k], order.first[k + 1] - order.first[k])));
    write_transitions();
    write_declines();
    write_hops();
    summary_.time_to_service = kaplan_meier(days_, begun_).value();
    return std::move(summary_);
  }

 private:
  Walk walk(std::span<std::uint32_t const> rows)
  {
    Walk referral;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::uint32_t const row = rows[i];
      Standing const state = log_.state[row];
      std::int64_t const time = log_.time[row];
      if (i > 0)
        gaps_[static_cast<std::size_t>(referral.last)][static_cast<std::size_t>(state)].push_back(
            time - log_.time[rows[i - 1]]);
      detail::learn(referral.way, log_, row);
      bool const ends = state == Standing::declined || state == Standing::cancelled || state == Standing::failed ||
                        state == Standing::closed || state == Standing::mistaken || state == Standing::completed;
      if (state == Standing::sent && !referral.sent) referral.sent = time;
      if (state == Standing::started && !referral.started) referral.started = time;
      if (ends && referral.sent && !referral.started && !referral.ended) referral.ended = time;
      if (state == Standing::declined) declined_.push_back({log_.reason[row], referral.way.to});
      referral.seen |= bit(state);
      referral.last = state;
    }
    return referral;
  }

  void count(Walk const& referral)
  {
    ++summary_.referrals;
    for (LogStage& stage : summary_.stages) count_stage(stage, referral);
    if (referral.sent) count_waiting(referral);
    if ((referral.seen & bit(Standing::sent)) != 0) hops_.push_back({referral.way, referral.seen});
  }

  static void count_stage(LogStage& stage, Walk const& referral)
  {
    if ((referral.seen & bit(stage.state)) == 0) return;
    ++stage.reached;
    if ((referral.seen & beyond(stage.state)) != 0)
      ++stage.went_on;
    else if (referral.last == Standing::declined || (referral.seen & bit(Standing::declined)) != 0)
      ++stage.declined;
    else if ((referral.seen & (bit(Standing::cancelled) | bit(Standing::failed) | bit(Standing::closed) |
                               bit(Standing::mistaken))) != 0)
      ++stage.left;
    else
      ++stage.open;
  }

  void count_waiting(Walk const& referral)
  {
    bool const begun = referral.started && (!referral.ended || *referral.started <= *referral.ended);
    std::int64_t const end = begun ? *referral.started : referral.ended.value_or(until_);
    if (begun)
      ++summary_.with_service;
    else
      ++(referral.ended ? summary_.ended_without_service : summary_.still_waiting);
    // A service that was written down before it was asked for took no time.
    days_.push_back(static_cast<double>(std::max<std::int64_t>(0, end - *referral.sent)) / 86'400.0);
    begun_.push_back(begun ? 1 : 0);
  }

  void write_transitions()
  {
    for (std::size_t from = 0; from < referral_states; ++from)
      for (std::size_t to = 0; to < referral_states; ++to) {
        auto& values = gaps_[from][to];
        if (values.empty()) continue;
        auto const after = allowed_after(static_cast<Standing>(from));
        bool const allowed = std::find(after.begin(), after.end(), static_cast<Standing>(to)) != after.end();
        summary_.transitions.push_back(
            {static_cast<Standing>(from), static_cast<Standing>(to), values.size(), median(values), allowed});
      }
  }

  void write_declines()
  {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> counts;
    std::sort(declined_.begin(), declined_.end());
    for (auto const& each : declined_) ++counts[each];
    for (auto const& [key, count] : counts) summary_.declines.push_back({key.first, key.second, count});
    std::stable_sort(summary_.declines.begin(), summary_.declines.end(),
                     [](LogDecline const& a, LogDecline const& b) { return a.count > b.count; });
  }

  void write_hops()
  {
    for (auto& [way, seen] : hops_) way.basis = no_label;  // ways, whatever their ground
    std::sort(hops_.begin(), hops_.end());
    for (auto const& [way, seen] : hops_) {
      if (summary_.hops.empty() || summary_.hops.back().from != way.from || summary_.hops.back().to != way.to ||
          summary_.hops.back().service != way.service)
        summary_.hops.push_back({way.from, way.to, way.service, 0, 0, 0, 0});
      LogHop& hop = summary_.hops.back();
      ++hop.referrals;
      hop.accepted += (seen & bit(Standing::accepted)) != 0 ? 1U : 0U;
      hop.started += (seen & bit(Standing::started)) != 0 ? 1U : 0U;
      hop.declined += (seen & bit(Standing::declined)) != 0 ? 1U : 0U;
    }
    std::stable_sort(summary_.hops.begin(), summary_.hops.end(),
                     [](LogHop const& a, LogHop const& b) { return a.referrals > b.referrals; });
  }

  ReferralLog const& log_;
  std::int64_t until_;
  LogSummary summary_;
  std::array<std::array<std::vector<std::int64_t>, referral_states>, referral_states> gaps_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> declined_;
  std::vector<std::pair<detail::SentWay, std::uint32_t>> hops_;
  std::vector<double> days_;
  std::vector<std::uint8_t> begun_;
};

}  // namespace

Result<LogSummary> summarize(ReferralLog const& log, std::int64_t until)
{
  if (auto found = detail::findings_of_log(log); !found.empty()) return found;
  auto const last = std::max_element(log.time.begin(), log.time.end());
  if (last != log.time.end() && *last > until)
    return Diagnostic{Code::out_of_range, Severity::error,
                      Place{{}, 0, 0, "/" + std::to_string(last - log.time.begin()) + "/time"},
                      "an event is later than the end of observation", "give a later end"};
  return Counter(log, until).run();
}

}  // namespace tutela::inline v0
