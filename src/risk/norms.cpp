// SPDX-License-Identifier: Apache-2.0
#include "risk/norms.hpp"

#include <algorithm>

namespace tutela::detail {

namespace {

bool is_among(std::string_view one, std::vector<std::string> const& some)
{
  return std::find(some.begin(), some.end(), one) != some.end();
}

bool share_a_place(std::vector<std::string> const& some, std::vector<std::string> const& others)
{
  if (some.empty() || others.empty()) return true;
  return std::any_of(some.begin(), some.end(), [&](auto const& one) { return is_among(one, others); });
}

bool share_a_day(NormGroup const& one, NormGroup const& other)
{
  return (!one.until || !other.from || *other.from < *one.until) &&
         (!other.until || !one.from || *one.from < *other.until);
}

bool holds_in(NormGroup const& group, std::string_view jurisdiction)
{
  return group.jurisdictions.empty() || is_among(jurisdiction, group.jurisdictions);
}

bool holds_on(NormGroup const& group, Date day)
{
  return (!group.from || *group.from <= day) && (!group.until || day < *group.until);
}

/// Checks each norm by itself.
class NormChecker {
 public:
  NormChecker(InstrumentDescription const& description, std::string const& file, Diagnostics& found)
      : description_(description), file_(file), found_(found)
  {
  }

  void run()
  {
    if (!description_.norms.empty() && !description_.bands.empty())
      error("/norms", "an instrument has either bands or norms", Code::invalid_instrument);
    for (std::size_t k = 0; k < description_.norms.size(); ++k) check(k);
  }

 private:
  void error(std::string const& pointer, std::string what, Code code)
  {
    found_.error(code, Place{file_, 0, 0, pointer}, std::move(what));
  }

  void check(std::size_t index)
  {
    auto const& norm = description_.norms[index];
    auto const pointer = "/norms/" + std::to_string(index);
    if (norm.id.empty()) error(pointer + "/id", "the norm has no name", Code::missing_key);
    for (std::size_t other = 0; other < index; ++other)
      if (description_.norms[other].id == norm.id)
        error(pointer + "/id", "the norm has the name of another", Code::duplicate_id);
    if (norm.bands.empty()) error(pointer + "/bands", "the norm has no bands", Code::invalid_instrument);
    if (norm.from && norm.until && !(*norm.from < *norm.until))
      error(pointer + "/until", "the norm ends before it begins", Code::invalid_interval);
    for (auto const& place : norm.jurisdictions)
      if (!is_among(place, description_.applicability.jurisdictions))
        error(pointer + "/jurisdictions", "the instrument is not made for \"" + place + "\"", Code::unknown_name);
    if (norm.sources.empty() && description_.status != InstrumentStatus::demo)
      error(pointer + "/sources", "the norm does not say where its cuts were read", Code::invalid_citation);
  }

  InstrumentDescription const& description_;
  std::string const& file_;
  Diagnostics& found_;
};

}  // namespace

std::vector<NormGroup> group_norms(InstrumentDescription const& description, std::string const& file,
                                   Diagnostics& found)
{
  NormChecker(description, file, found).run();
  std::vector<NormGroup> groups;
  for (std::size_t k = 0; k < description.norms.size(); ++k) {
    auto const& norm = description.norms[k];
    NormGroup own{norm.jurisdictions, norm.from, norm.until, {k}};
    std::sort(own.jurisdictions.begin(), own.jurisdictions.end());
    auto const same = std::find_if(groups.begin(), groups.end(), [&](NormGroup const& group) {
      return group.jurisdictions == own.jurisdictions && group.from == own.from && group.until == own.until;
    });
    if (same != groups.end()) {
      same->members.push_back(k);
      continue;
    }
    for (auto const& group : groups)
      if (share_a_place(group.jurisdictions, own.jurisdictions) && share_a_day(group, own))
        found.error(
            Code::overlapping_law, Place{file, 0, 0, "/norms/" + std::to_string(k)},
            "this norm and \"" + description.norms[group.members.front()].id + "\" hold in one place on the same day",
            "norms between which facts choose have the same jurisdictions and days");
    groups.push_back(std::move(own));
  }
  return groups;
}

InstrumentDescription cut_by(InstrumentDescription const& description, NormGroup const& group)
{
  InstrumentDescription result = description;
  auto const& first = description.norms[group.members.front()];
  result.bands = first.bands;
  bool const one = group.members.size() == 1 && first.when.empty();
  for (auto& band : result.bands)
    if (!one) band.from = band.below = std::nullopt;
  if (one && !first.label.empty()) result.norm = first.label;
  for (auto const member : group.members) {
    auto const& sources = description.norms[member].sources;
    result.sources.insert(result.sources.end(), sources.begin(), sources.end());
  }
  return result;
}

Result<std::shared_ptr<InstrumentProgram const>> choose_norm(std::vector<NormCut> const& cuts,
                                                             std::string_view jurisdiction, std::optional<Date> on)
{
  Diagnostic none{Code::invalid_request, Severity::error, {}, "the instrument has no norm for this place and day", {}};
  std::vector<NormCut const*> here;
  for (auto const& cut : cuts)
    if (holds_in(cut.group, jurisdiction) && (!on || holds_on(cut.group, *on))) here.push_back(&cut);
  if (here.empty()) return none;
  bool const needs_day = !on && (here.size() > 1 || here.front()->group.from || here.front()->group.until);
  if (needs_day) {
    none.what = "the norms of the instrument change with time, and no day is given";
    none.mend = "say on which day the person is assessed";
    return none;
  }
  return here.front()->program;
}

bool has_norm_in(std::vector<NormCut> const& cuts, std::string_view jurisdiction)
{
  return std::any_of(cuts.begin(), cuts.end(), [&](NormCut const& cut) { return holds_in(cut.group, jurisdiction); });
}

}  // namespace tutela::detail
