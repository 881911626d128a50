// SPDX-License-Identifier: Apache-2.0
/// \file
/// Drafts of papers for people to finish.
#include <tutela/io/draft.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <tutela/base/result.hpp>
#include <tutela/io/explanation.hpp>

#include "io/json_fields.hpp"
#include "io/words.hpp"

namespace tutela::inline v0 {
namespace {

using namespace std::string_view_literals;

constexpr std::array kind_words{"application"sv, "request"sv, "opinion_request"sv, "individual_plan"sv,
                                "presentence_outline"sv};

/// What stands where in each kind of draft: headings, and below each the keys of its lines. The names in brackets stand
/// for what comes from the material: the finding, the facts, the papers.
struct Layout {
  std::string_view heading;
  std::vector<std::string_view> lines;
};

std::vector<Layout> layout_of(DraftKind kind)
{
  Layout const close{"signing", {"place_and_date", "signature"}};
  Layout const facts{"facts", {"[facts]"}};
  Layout const papers{"papers", {"[papers]"}};
  switch (kind) {
    case DraftKind::application:
      return {{"parties", {"addressee", "applicant", "applicant_capacity", "case"}},
              {"what", {"[decision]", "in_own_words"}},
              facts,
              papers,
              close};
    case DraftKind::request:
      return {{"parties", {"addressee", "authority", "case"}},
              {"what", {"[decision]", "in_own_words"}},
              {"grounds", {"[law]", "grounds"}},
              facts,
              papers,
              close};
    case DraftKind::opinion_request:
      return {{"parties", {"addressee", "authority", "case"}},
              {"what", {"[decision]", "question"}},
              {"finding", {"[finding]"}},
              {"child", {"child_opinion", "best_interest"}},
              facts,
              papers,
              close};
    case DraftKind::individual_plan:
      return {{"parties", {"coordinator", "case", "period"}},
              {"needs", {"needs", "[finding]"}},
              {"goals", {"goals"}},
              {"measures", {"measure", "measure_owner", "measure_due"}},
              {"child", {"child_opinion", "best_interest"}},
              facts,
              {"review", {"next_review"}},
              close};
    case DraftKind::presentence_outline: break;
  }
  return {{"parties", {"requested_by", "act", "case"}},
          {"interview", {"first_interview", "representative_present"}},
          {"profile",
           {"offence_history", "family", "housing", "work_or_study", "money", "leisure", "alcohol_or_drugs", "health"}},
          facts,
          {"conclusions", {"risk_in_own_words", "conclusion"}},
          close};
}

/// Lines that only the person who signs fills in.
constexpr std::array only_by_hand{"place_and_date"sv, "signature"sv};

class Writer {
 public:
  Writer(DraftKind kind, DraftMaterial const& material, Language language)
      : words_(language), material_(material), draft_{kind, language, {}, {}, {}, {}}
  {
  }

  Draft run()
  {
    if (material_.item == nullptr) throw ContractViolation("a draft needs a case");
    draft_.title = words_.say("draft_title_" + std::string(to_string(draft_.kind)));
    draft_.warning = words_.say("draft_warning");
    draft_.blank = words_.say("draft_blank");
    auto const layout = layout_of(draft_.kind);
    check_values(layout);
    for (auto const& each : layout) {
      DraftPart part{words_.say("draft_part_" + std::string(each.heading)), {}};
      for (auto const key : each.lines) add(part, key);
      if (!part.lines.empty()) draft_.parts.push_back(std::move(part));
    }
    return std::move(draft_);
  }

 private:
  void check_values(std::vector<Layout> const& layout) const
  {
    for (auto const& [key, value] : material_.values) {
      bool const known = std::any_of(layout.begin(), layout.end(), [&, &name = key](Layout const& part) {
        return std::find(part.lines.begin(), part.lines.end(), name) != part.lines.end();
      });
      if (!known || key.front() == '[' || key == "case")
        throw ContractViolation("the draft has no line that an office fills in under that key");
      if (std::find(only_by_hand.begin(), only_by_hand.end(), key) != only_by_hand.end())
        throw ContractViolation("place, date and signature of a draft are left to the person who signs");
    }
  }

  void add(DraftPart& part, std::string_view key)
  {
    if (key == "[decision]") return add_decision(part);
    if (key == "[finding]") return add_finding(part);
    if (key == "[law]") return add_law(part);
    if (key == "[facts]") return add_facts(part);
    if (key == "[papers]") return add_papers(part);
    std::string value;
    if (key == "case") value = material_.item->id.text();
    if (auto const found = material_.values.find(std::string(key)); found != material_.values.end())
      value = found->second;
    part.lines.push_back({std::string(key), words_.say("draft_line_" + std::string(key)), std::move(value)});
  }

  void add_decision(DraftPart& part)
  {
    auto const value = material_.verdict == nullptr ? std::string() : material_.verdict->label.in(words_.language);
    part.lines.push_back({"decision", words_.say("draft_line_decision"), value});
  }

  void add_finding(DraftPart& part)
  {
    if (material_.verdict == nullptr) return;
    auto const text = explain(*material_.verdict, words_.language);
    part.lines.push_back({"finding", words_.say("draft_line_finding"), text.substr(0, text.find('\n'))});
    part.lines.push_back({"finding_note", {}, words_.say("draft_finding_note")});
  }

  void add_law(DraftPart& part)
  {
    if (material_.verdict == nullptr) return;
    for (auto const& citation : material_.verdict->citations)
      part.lines.push_back({"law", words_.say("draft_line_law"), words_.law(citation)});
  }

  void add_facts(DraftPart& part)
  {
    for (auto const& name : material_.facts) {
      auto const* const declared = material_.schema == nullptr ? nullptr : material_.schema->find(name);
      auto const label = declared == nullptr || declared->label.empty() ? name : declared->label.in(words_.language);
      auto const value = material_.item->facts.value(name, material_.on);
      auto shown = value.is(Kind::unknown) ? std::string() : words_.value(value);
      if (auto const* const number = value.as_number();
          number != nullptr && declared != nullptr && !declared->unit.empty())
        shown = words_.with_unit(shown, *number, declared->unit);
      part.lines.push_back({name, label, std::move(shown)});
    }
  }

  void add_papers(DraftPart& part)
  {
    if (material_.papers == nullptr) return;
    for (auto const& paper : material_.papers->review.papers) {
      auto const state = "draft_paper_" + std::string(to_string(paper.state));
      part.lines.push_back({paper.kind, words_.code_word("paper", paper.kind), words_.say(state)});
    }
    if (!material_.papers->complete) part.lines.push_back({"papers_note", {}, words_.say("draft_papers_open")});
  }

  detail::Words words_;
  DraftMaterial const& material_;
  Draft draft_;
};

/// Text in which no sign has a meaning of its own, on one line.
std::string plain_markdown(std::string const& text)
{
  std::string plain;
  for (auto const sign : text) {
    if ("\\`*_[]<>#|&~"sv.find(sign) != std::string_view::npos) plain += '\\';
    plain += sign == '\n' || sign == '\r' ? ' ' : sign;
  }
  return plain;
}

}  // namespace

std::string_view to_string(DraftKind kind) noexcept { return kind_words[static_cast<std::size_t>(kind)]; }

std::optional<DraftKind> parse_draft_kind(std::string_view word) noexcept
{
  auto const found = std::find(kind_words.begin(), kind_words.end(), word);
  if (found == kind_words.end()) return std::nullopt;
  return static_cast<DraftKind>(found - kind_words.begin());
}

std::size_t Draft::blanks() const noexcept
{
  std::size_t count = 0;
  for (auto const& part : parts)
    for (auto const& line : part.lines) count += line.value.empty() ? 1U : 0U;
  return count;
}

Draft make_draft(DraftKind kind, DraftMaterial const& material, Language language)
{
  return Writer(kind, material, language).run();
}

std::string draft_markdown(Draft const& draft)
{
  auto page = "# " + plain_markdown(draft.title) + "\n\n" + plain_markdown(draft.warning) + "\n";
  for (auto const& part : draft.parts) {
    page += "\n## " + plain_markdown(part.heading) + "\n\n";
    for (auto const& line : part.lines) {
      auto const value = line.value.empty() ? "**" + plain_markdown(draft.blank) + "**" : plain_markdown(line.value);
      page += line.label.empty() ? value + "\n" : "- " + plain_markdown(line.label) + ": " + value + "\n";
    }
  }
  return page;
}

std::string write_draft(Draft const& draft, int indent)
{
  detail::fields::OrderedJson json{{"kind", to_string(draft.kind)},
                                   {"language", to_string(draft.language)},
                                   {"title", draft.title},
                                   {"warning", draft.warning},
                                   {"signed", false},
                                   {"blanks", draft.blanks()}};
  json["parts"] = detail::fields::OrderedJson::array();
  for (auto const& part : draft.parts) {
    detail::fields::OrderedJson one{{"heading", part.heading}, {"lines", detail::fields::OrderedJson::array()}};
    for (auto const& line : part.lines)
      one["lines"].push_back(
          {{"key", line.key},
           {"label", line.label},
           {"value", line.value.empty() ? detail::fields::OrderedJson() : detail::fields::OrderedJson(line.value)}});
    json["parts"].push_back(std::move(one));
  }
  return detail::fields::written(json, indent);
}

}  // namespace tutela::inline v0
