// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/override.hpp>

#include <algorithm>

namespace tutela::inline v0 {

namespace {

std::size_t position(Instrument const& instrument, std::string const& band)
{
  auto const& bands = instrument.description().bands;
  auto const found = std::find_if(bands.begin(), bands.end(), [&](ScoreBand const& one) { return one.id == band; });
  return static_cast<std::size_t>(found - bands.begin());
}

}  // namespace

std::vector<Diagnostic> check(ScoreOverride const& override_, Score const& score, Instrument const& instrument)
{
  Diagnostics found;
  auto const error = [&](Code code, char const* key, char const* what) {
    found.error(code, Place{{}, 0, 0, std::string("/") + key}, what);
  };
  if (override_.reason_code.empty()) error(Code::missing_key, "reason_code", "an override needs a reason code");
  if (override_.text.empty()) error(Code::missing_key, "text", "an override needs its reason in words");
  if (override_.author.empty()) error(Code::missing_key, "author", "an override needs a named person who decides");
  if (override_.kind == OverrideKind::discretionary &&
      (override_.approver.empty() || override_.approver == override_.author))
    error(Code::missing_key, "approver", "a discretionary override is approved by a second person");
  if (override_.expires && *override_.expires <= override_.on)
    error(Code::invalid_interval, "expires", "an override expires after the day of the decision");
  if (score.band.empty() || override_.before != score.band)
    error(Code::not_allowed, "before", "an override departs from the settled band of the score");
  if (override_.after == override_.before ||
      position(instrument, override_.after) == instrument.description().bands.size())
    error(Code::not_allowed, "after", "an override sets another band of the same instrument");
  return std::move(found).take();
}

std::string const& effective_band(Score const& score, std::span<ScoreOverride const> overrides, Date on)
{
  ScoreOverride const* latest = nullptr;
  for (auto const& one : overrides)
    if (Period{one.on, one.expires}.contains(on) && one.before == score.band &&
        (latest == nullptr || latest->on <= one.on))
      latest = &one;
  return latest == nullptr ? score.band : latest->after;
}

OverrideStatistics statistics(Instrument const& instrument, std::size_t scores,
                              std::span<ScoreOverride const> overrides)
{
  OverrideStatistics result;
  result.scores = scores;
  for (auto const& one : overrides) {
    ++(position(instrument, one.after) > position(instrument, one.before) ? result.raised : result.lowered);
    ++result.by_reason[one.reason_code];
  }
  return result;
}

}  // namespace tutela::inline v0
