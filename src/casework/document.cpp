// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/document.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace tutela::inline v0 {
namespace {

constexpr std::array<std::string_view, 5> state_words{"missing", "expired", "validity_unknown", "expiring", "valid"};
constexpr auto for_ever = std::numeric_limits<std::int64_t>::max();

/// Where one paper stands, and for how many days more it counts.
std::pair<PaperState, std::int64_t> state_of(Document const& document, Date on, int days)
{
  if (document.issued && on < *document.issued) return {PaperState::missing, 0};
  if (document.valid_until && *document.valid_until < on)
    return {PaperState::expired, to_days(*document.valid_until) - to_days(on)};
  if (!document.issued || (!document.valid_until && !document.without_end)) return {PaperState::validity_unknown, 0};
  if (document.without_end) return {PaperState::valid, for_ever};
  auto const left = to_days(*document.valid_until) - to_days(on);
  return {left <= days ? PaperState::expiring : PaperState::valid, left};
}

}  // namespace

std::string_view to_string(PaperState state) noexcept { return state_words[static_cast<std::size_t>(state)]; }

PaperReview review_papers(std::span<Document const> documents, std::span<std::string const> needed,
                          std::span<std::string const> facts, Date on, int days)
{
  PaperReview review;
  for (auto const& kind : needed) {
    std::pair<PaperState, std::int64_t> best{PaperState::missing, 0};
    PaperStatus status{kind, PaperState::missing, {}};
    for (auto const& document : documents) {
      if (document.kind != kind) continue;
      auto const found = state_of(document, on, days);
      if (found <= best) continue;  // the states rise from worst to best
      best = found;
      status.state = found.first;
      status.until = document.valid_until;
    }
    review.papers.push_back(std::move(status));
  }
  for (auto const& fact : facts) {
    bool const proved = std::any_of(documents.begin(), documents.end(), [&](Document const& document) {
      return state_of(document, on, days).first >= PaperState::expiring &&
             std::find(document.proves.begin(), document.proves.end(), fact) != document.proves.end();
    });
    if (!proved) review.unproved.push_back(fact);
  }
  return review;
}

}  // namespace tutela::inline v0
