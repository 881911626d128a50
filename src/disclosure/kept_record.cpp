// SPDX-License-Identifier: Apache-2.0
#include <tutela/disclosure/kept_record.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace tutela::inline v0 {
namespace {

constexpr std::array<std::string_view, 7> kind_words{"rectified", "restricted", "released", "erased",
                                                     "spent",     "sealed",     "annulled"};

Diagnostic wrong(Code code, std::string pointer, std::string what, std::string mend)
{
  return {code, Severity::error, Place{{}, 0, 0, std::move(pointer)}, std::move(what), std::move(mend)};
}

/// Ends the days on which a fact is read, unless they end earlier.
void end_reading(Period& read, Date on) { read.until = std::min(read.until.value_or(on), on); }

}  // namespace

std::string_view to_string(HandlingKind kind) noexcept { return kind_words[static_cast<std::size_t>(kind)]; }

KeptRecord::KeptRecord(Record const& facts)
{
  for (auto const& fact : facts.facts()) facts_.push_back({fact, {}});
}

std::vector<Diagnostic> KeptRecord::check(std::string const& fact, Handling const& handling) const
{
  std::vector<Diagnostic> found;
  if (std::none_of(facts_.begin(), facts_.end(), [&](Kept const& each) { return each.fact.name == fact; }))
    found.push_back(wrong(Code::unknown_fact, fact, "the record has no such fact", "correct the name"));
  if (handling.by.empty())
    found.push_back(wrong(Code::missing_key, "/by", "nobody decided it", "name the role of who did"));
  if (handling.reason.empty()) found.push_back(wrong(Code::missing_key, "/reason", "there is no reason", "say why"));
  auto const later = std::any_of(history_.begin(), history_.end(), [&](HandlingEntry const& entry) {
    return entry.fact == fact && handling.on < entry.handling.on;
  });
  if (later)
    found.push_back(wrong(Code::invalid_interval, "/on", "a later entry about the fact is there already",
                          "use its day or a later one"));
  return found;
}

bool KeptRecord::is_restricted(std::string_view fact) const noexcept
{
  bool restricted = false;
  for (auto const& entry : history_) {
    if (entry.fact != fact) continue;
    if (entry.kind == HandlingKind::restricted) restricted = true;
    if (entry.kind == HandlingKind::released || entry.kind == HandlingKind::erased) restricted = false;
  }
  return restricted;
}

KeptRecord KeptRecord::with(HandlingEntry entry) const
{
  KeptRecord changed = *this;
  changed.history_.push_back(std::move(entry));
  return changed;
}

Result<KeptRecord> KeptRecord::rectify(std::string const& fact, Value value, Source source, Handling handling,
                                       bool erase_old) const
{
  auto found = check(fact, handling);
  // Of the name nothing else is read from that day on, so the value is sound alone or not at all.
  if (auto alone = RecordBuilder().set(fact, value, source).build(); !alone) {
    auto more = std::move(alone).diagnostics();
    found.insert(found.end(), more.begin(), more.end());
  }
  if (!found.empty()) return found;
  auto const on = handling.on;
  auto changed = with({HandlingKind::rectified, fact, std::move(handling), erase_old});
  if (erase_old) std::erase_if(changed.facts_, [&](Kept const& each) { return each.fact.name == fact; });
  for (auto& each : changed.facts_)
    if (each.fact.name == fact) end_reading(each.read, on);
  changed.facts_.push_back({{fact, std::move(value), std::move(source)}, {on, std::nullopt}});
  return changed;
}

Result<KeptRecord> KeptRecord::restrict_reading(std::string const& fact, Handling handling) const
{
  auto found = check(fact, handling);
  if (is_restricted(fact))
    found.push_back(wrong(Code::not_allowed, fact, "the fact is restricted already", "release it first"));
  if (!found.empty()) return found;
  return with({HandlingKind::restricted, fact, std::move(handling)});
}

Result<KeptRecord> KeptRecord::release(std::string const& fact, Handling handling) const
{
  auto found = check(fact, handling);
  if (!is_restricted(fact))
    found.push_back(wrong(Code::not_allowed, fact, "the fact is not restricted", "nothing needs to be released"));
  if (!found.empty()) return found;
  return with({HandlingKind::released, fact, std::move(handling)});
}

Result<KeptRecord> KeptRecord::erase(std::string const& fact, Handling handling, Schema const& schema,
                                     std::span<LegalHold const> holds) const
{
  auto found = check(fact, handling);
  auto const* declaration = schema.find(fact);
  DataCategory const category(declaration == nullptr ? std::string() : declaration->category);
  if (auto const* hold = held_by(holds, category, handling.on); hold != nullptr)
    found.push_back(wrong(Code::not_allowed, fact, "a legal hold keeps the fact (" + hold->reason + ")",
                          "erase it when the hold is over"));
  if (!found.empty()) return found;
  auto changed = with({HandlingKind::erased, fact, std::move(handling)});
  std::erase_if(changed.facts_, [&](Kept const& each) { return each.fact.name == fact; });
  return changed;
}

Result<KeptRecord> KeptRecord::lapse(LapsedRecord const& lapsed) const
{
  std::vector<Diagnostic> found;
  if (lapsed.kind != HandlingKind::spent && lapsed.kind != HandlingKind::sealed &&
      lapsed.kind != HandlingKind::annulled)
    found.push_back(
        wrong(Code::not_allowed, "/kind", "a record lapses as spent, sealed or annulled", "use one of these"));
  std::set<std::string> const names(lapsed.facts.begin(), lapsed.facts.end());
  auto changed = *this;
  std::set<std::string> touched;
  for (auto& [fact, read] : changed.facts_) {
    if (!names.contains(fact.name) || (!lapsed.source.empty() && fact.source.name != lapsed.source)) continue;
    end_reading(read, lapsed.handling.on);
    if (touched.insert(fact.name).second) changed.history_.push_back({lapsed.kind, fact.name, lapsed.handling});
  }
  if (touched.empty())
    found.push_back(wrong(Code::unknown_fact, "/facts", "no fact on record rests on it", "correct names and source"));
  if (lapsed.handling.by.empty())
    found.push_back(wrong(Code::missing_key, "/by", "nobody decided it", "name the role of who did, or `law`"));
  if (lapsed.handling.reason.empty())
    found.push_back(wrong(Code::missing_key, "/reason", "there is no reason", "say why"));
  if (!found.empty()) return found;
  return changed;
}

Record KeptRecord::readable(Date today) const
{
  std::set<std::string_view> restricted;
  for (auto const& entry : history_) {
    if (today < entry.handling.on) continue;
    if (entry.kind == HandlingKind::restricted) restricted.insert(entry.fact);
    if (entry.kind == HandlingKind::released || entry.kind == HandlingKind::erased) restricted.erase(entry.fact);
  }
  RecordBuilder builder;
  for (auto const& [fact, read] : facts_)
    if (read.contains(today) && !restricted.contains(fact.name)) builder.set(fact.name, fact.value, fact.source);
  Limits limits;
  limits.facts = facts_.size() + 1;
  return std::move(builder).build(limits).value();
}

}  // namespace tutela::inline v0
