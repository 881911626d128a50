// SPDX-License-Identifier: Apache-2.0
#include <tutela/disclosure/may_be_told.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include <tutela/facts/team_data.hpp>

namespace tutela::inline v0 {
namespace {

constexpr std::array<std::string_view, 3> telling_words{"withhold", "unknown", "tell"};
constexpr std::array<std::string_view, 10> reason_words{
    "ground",           "stays_with_team", "place_not_shown", "not_needed", "not_declared",
    "category_unknown", "not_settled",     "not_allowed",     "no_ground",  "part_withheld"};

std::vector<Diagnostic> check_request(DisclosureRequest const& request, GroundTest const& grounds)
{
  Diagnostics found;
  auto const missing = [&](bool is_missing, char const* pointer, char const* what) {
    if (is_missing) found.error(Code::missing_key, Place{{}, 0, 0, pointer}, what, "say it in the request");
  };
  missing(request.from.empty(), "/from", "nobody tells");
  missing(request.to.empty(), "/to", "nobody is told");
  missing(request.purpose.empty(), "/purpose", "there is no purpose");
  missing(!grounds, "/grounds", "nothing says on which grounds data may travel");
  return std::move(found).take();
}

/// Judges facts one by one; keeps what the grounds say of each category.
class Judge {
 public:
  Judge(Schema const& schema, DisclosureRequest const& request, GroundTest const& grounds)
      : schema_(schema), request_(request), grounds_(grounds)
  {
    if (request.needed) needed_.insert(request.needed->begin(), request.needed->end());
  }

  [[nodiscard]] FactTelling judge(std::string const& name)
  {
    FactTelling fact;
    fact.fact = name;
    FactDeclaration const* declaration = schema_.find(name);
    if (declaration != nullptr) fact.category = DataCategory(declaration->category);
    if (stays_with_team(fact.category.text())) return with(std::move(fact), TellingReason::stays_with_team);
    auto const place = request_.places.find(name);
    if (place != request_.places.end() && place->second != LocationDisclosure::exact)
      return with(std::move(fact), TellingReason::place_not_shown);
    if (request_.needed && !is_needed(name)) return with(std::move(fact), TellingReason::not_needed);
    if (declaration == nullptr) return with(std::move(fact), TellingReason::not_declared, Telling::unknown);
    if (fact.category.empty()) return with(std::move(fact), TellingReason::category_unknown, Telling::unknown);
    return by_grounds(std::move(fact), declaration->about);
  }

 private:
  static FactTelling with(FactTelling fact, TellingReason reason, Telling telling = Telling::withhold)
  {
    fact.reason = reason;
    fact.telling = telling;
    return fact;
  }

  /// Itself, or a whole that it is part of.
  [[nodiscard]] bool is_needed(std::string_view name) const
  {
    for (; !needed_.contains(name); name = name.substr(0, name.rfind('.')))
      if (name.find('.') == std::string_view::npos) return false;
    return true;
  }

  FactTelling by_grounds(FactTelling fact, Subject about)
  {
    auto const& found = grounds_for(fact.category, about);
    if (found.empty()) return with(std::move(fact), TellingReason::no_ground);
    if (found.front().open == Truth::yes) {
      fact.grounds = {found.front()};
      return with(std::move(fact), TellingReason::ground, Telling::tell);
    }
    fact.grounds = found;
    return found.front().open == Truth::unknown ? with(std::move(fact), TellingReason::not_settled, Telling::unknown)
                                                : with(std::move(fact), TellingReason::not_allowed);
  }

  /// The most open first, then by kind and identifier.
  std::vector<GroundFinding> const& grounds_for(DataCategory const& category, Subject about)
  {
    auto const [place, is_new] = known_.try_emplace({category, about});
    if (!is_new) return place->second;
    Truth const consent = consent_on(request_.consents, {category, about, request_.purpose, request_.to, request_.on});
    auto found = grounds_(category, consent);
    std::stable_sort(found.begin(), found.end(), [](GroundFinding const& one, GroundFinding const& other) {
      return std::tie(other.open, one.kind, one.basis) < std::tie(one.open, other.kind, other.basis);
    });
    return place->second = std::move(found);
  }

  Schema const& schema_;
  DisclosureRequest const& request_;
  GroundTest const& grounds_;
  std::set<std::string, std::less<>> needed_;
  std::map<std::pair<DataCategory, Subject>, std::vector<GroundFinding>> known_;
};

/// A whole is not told past a part that stays: `child` would tell `child.diagnosis`.
void keep_wholes_back(std::vector<FactTelling>& facts)
{
  std::set<std::string_view> kept;  // every whole of a fact that is not told
  for (auto const& fact : facts)
    if (fact.telling != Telling::tell)
      for (auto dot = fact.fact.rfind('.'); dot != std::string::npos && dot > 0; dot = fact.fact.rfind('.', dot - 1))
        kept.insert(std::string_view(fact.fact).substr(0, dot));
  for (auto& fact : facts)
    if (fact.telling == Telling::tell && kept.contains(fact.fact)) {
      fact.telling = Telling::withhold;
      fact.reason = TellingReason::part_withheld;
      fact.grounds.clear();
    }
}

}  // namespace

std::string_view to_string(Telling telling) noexcept { return telling_words[static_cast<std::size_t>(telling)]; }

std::string_view to_string(TellingReason reason) noexcept { return reason_words[static_cast<std::size_t>(reason)]; }

FactTelling const* DisclosureFinding::find(std::string_view fact) const noexcept
{
  auto const found = std::lower_bound(facts.begin(), facts.end(), fact,
                                      [](FactTelling const& each, std::string_view name) { return each.fact < name; });
  return found == facts.end() || found->fact != fact ? nullptr : &*found;
}

std::vector<std::string> DisclosureFinding::told() const
{
  std::vector<std::string> names;
  for (auto const& fact : facts)
    if (fact.telling == Telling::tell) names.push_back(fact.fact);
  return names;
}

Telling DisclosureFinding::of_result(std::span<std::string const> facts_read) const noexcept
{
  Telling least = Telling::tell;
  for (auto const& name : facts_read) {
    auto const* fact = find(name);
    least = std::min(least, fact == nullptr ? Telling::withhold : fact->telling);
  }
  return least;
}

Result<DisclosureFinding> what_may_be_told(Schema const& schema, DisclosureRequest const& request,
                                           GroundTest const& grounds)
{
  if (auto wrong = check_request(request, grounds); !wrong.empty()) return wrong;
  std::set<std::string> names;
  for (auto const& declaration : schema.declarations()) names.insert(declaration.name);
  if (request.needed) names.insert(request.needed->begin(), request.needed->end());
  DisclosureFinding finding{
      request.from, request.to, request.role, request.purpose, request.on, request.needed.has_value(), {}};
  Judge judge(schema, request, grounds);
  for (auto const& name : names) finding.facts.push_back(judge.judge(name));
  keep_wholes_back(finding.facts);
  return finding;
}

}  // namespace tutela::inline v0
