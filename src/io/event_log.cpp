// SPDX-License-Identifier: Apache-2.0
#include <tutela/io/event_log.hpp>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include <tutela/io/table.hpp>

#include "io/csv_writer.hpp"
#include "io/json_reader.hpp"
#include "referral/log_check.hpp"

namespace tutela::inline v0 {
namespace {

/// `2026-03-02T09:30:00`. Two digits at a time, since a log has millions of them.
void add_time(std::string& text, std::int64_t seconds)
{
  std::int64_t day = seconds / 86'400;
  std::int64_t rest = seconds % 86'400;
  if (rest < 0) {
    rest += 86'400;
    --day;
  }
  text += to_string(from_days(day).value());
  auto const two = [&](char before, std::int64_t number) {
    text += before;
    text += static_cast<char>('0' + number / 10);
    text += static_cast<char>('0' + number % 10);
  };
  two('T', rest / 3600);
  two(':', rest / 60 % 60);
  two(':', rest % 60);
}

std::optional<int> two_digits(std::string_view text, std::size_t at, int most)
{
  if (at + 2 > text.size()) return std::nullopt;
  char const tens = text[at];
  char const ones = text[at + 1];
  if (tens < '0' || tens > '9' || ones < '0' || ones > '9') return std::nullopt;
  int const number = (tens - '0') * 10 + (ones - '0');
  return number <= most ? std::optional(number) : std::nullopt;
}

/// What may follow the seconds: nothing, a fraction, a Z.
bool is_rest_of_time(std::string_view text)
{
  if (!text.empty() && text.back() == 'Z') text.remove_suffix(1);
  if (text.empty()) return true;
  return text.size() > 1 && text.front() == '.' && text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

std::optional<std::int64_t> parse_time(std::string_view text)
{
  auto const day = text.size() >= 10 ? parse_date(text.substr(0, 10)) : std::nullopt;
  if (!day || day->year < 1 || day->year > 9999) return std::nullopt;
  std::int64_t const midnight = to_days(*day) * 86'400;
  if (text.size() == 10) return midnight;
  auto const hour = two_digits(text, 11, 23);
  auto const minute = two_digits(text, 14, 59);
  if ((text[10] != 'T' && text[10] != ' ') || !hour || !minute || text[13] != ':') return std::nullopt;
  if (text.size() == 16) return midnight + *hour * 3600 + *minute * 60;
  auto const second = two_digits(text, 17, 59);
  if (text[16] != ':' || !second || !is_rest_of_time(text.substr(19))) return std::nullopt;
  return midnight + *hour * 3600 + *minute * 60 + *second;
}

/// Numbers labels in the order in which they appear.
class Labels {
 public:
  explicit Labels(std::vector<std::string>& labels) : labels_(labels) {}

  std::uint32_t number(std::string const& label)
  {
    auto const [entry, is_new] = numbers_.try_emplace(label, static_cast<std::uint32_t>(labels_.size()));
    if (is_new) labels_.push_back(label);
    return entry->second;
  }

  std::uint32_t number_or_none(std::vector<std::string> const* column, std::size_t row)
  {
    return column == nullptr || (*column)[row].empty() ? no_label : number((*column)[row]);
  }

 private:
  std::vector<std::string>& labels_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

class LogReader {
 public:
  LogReader(TextTable const& table, std::string const& file, Limits const& limits)
      : table_(table), file_(file), found_(limits.diagnostics)
  {
  }

  Result<ReferralLog> read() &&
  {
    auto const* cases = needed("case");
    auto const* activities = needed("activity");
    auto const* times = needed("timestamp");
    if (found_.has_errors()) return std::move(found_).take();
    ReferralLog log;
    Labels referrals(log.referral_ids);
    Labels stops(log.stops);
    Labels reasons(log.reasons);
    Labels bases(log.bases);
    auto const* from = table_.find("from");
    auto const* to = table_.find("to");
    auto const* service = table_.find("service");
    auto const* reason = table_.find("reason");
    auto const* basis = table_.find("basis");
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      if ((*cases)[row].empty()) error(row, "case", Code::missing_key, "the event names no case");
      auto const state = parse_referral_state((*activities)[row]);
      if (!state)
        error(row, "activity", Code::not_allowed, "this is not a state of a referral",
              "use draft, sent, received, accepted, waitlisted, started, on_hold, completed, failed, declined, "
              "cancelled, closed or mistaken");
      auto const time = parse_time((*times)[row]);
      if (!time) error(row, "timestamp", Code::invalid_date, "this is not a time", "write it as 2026-03-02T09:30:00");
      log.referral.push_back(referrals.number((*cases)[row]));
      log.state.push_back(state.value_or(ReferralState::draft));
      log.time.push_back(time.value_or(0));
      log.from.push_back(stops.number_or_none(from, row));
      log.to.push_back(stops.number_or_none(to, row));
      log.service.push_back(stops.number_or_none(service, row));
      log.reason.push_back(reasons.number_or_none(reason, row));
      log.basis.push_back(bases.number_or_none(basis, row));
    }
    if (found_.has_errors()) return std::move(found_).take();
    return log;
  }

 private:
  std::vector<std::string> const* needed(std::string const& name)
  {
    auto const* column = table_.find(name);
    if (column == nullptr)
      found_.error(Code::missing_key, Place{file_, 1, 0, {}}, "the log has no column \"" + name + "\"");
    return column;
  }

  void error(std::size_t row, char const* column, Code code, std::string what, std::string mend = {})
  {
    found_.error(code, Place{file_, 0, 0, "/" + std::to_string(row) + "/" + column}, std::move(what), std::move(mend));
  }

  TextTable const& table_;
  std::string const& file_;
  Diagnostics found_;
};

bool sender_acts(ReferralState state)
{
  return state == ReferralState::draft || state == ReferralState::sent || state == ReferralState::cancelled ||
         state == ReferralState::closed;
}

}  // namespace

Result<std::string> write_event_log(ReferralLog const& log)
{
  if (auto found = detail::findings_of_log(log); !found.empty()) return found;
  std::string text = "case,activity,timestamp,resource,from,to,service,reason,basis\n";
  text.reserve(text.size() + log.size() * 64);
  auto const label = [&](std::vector<std::string> const& labels, std::uint32_t number, char end) {
    if (number != no_label) detail::add_csv_cell(text, labels[number]);
    text += end;
  };
  for (std::size_t row = 0; row < log.size(); ++row) {
    label(log.referral_ids, log.referral[row], ',');
    (text += to_string(log.state[row])) += ',';
    add_time(text, log.time[row]);
    text += ',';
    label(log.stops, sender_acts(log.state[row]) ? log.from[row] : log.to[row], ',');
    label(log.stops, log.from[row], ',');
    label(log.stops, log.to[row], ',');
    label(log.stops, log.service[row], ',');
    label(log.reasons, log.reason[row], ',');
    label(log.bases, log.basis[row], '\n');
  }
  return text;
}

Result<ReferralLog> parse_event_log(std::string_view csv, std::string const& file, Limits const& limits)
{
  auto const table = parse_table(csv, file, limits);
  if (!table) return table.diagnostics();
  return LogReader(*table, file, limits).read();
}

Result<ReferralLog> load_event_log(std::string const& path, Limits const& limits)
{
  auto const text = detail::read_file(path, limits);
  if (!text) return text.diagnostics();
  return parse_event_log(*text, path == "-" ? "standard input" : path, limits);
}

}  // namespace tutela::inline v0
