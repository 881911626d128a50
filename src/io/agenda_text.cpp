// SPDX-License-Identifier: Apache-2.0
/// \file
/// An agenda as plain text in the language of its readers.
#include <algorithm>
#include <string>

#include <tutela/io/agenda.hpp>

#include "io/messages.hpp"

namespace tutela::inline v0 {
namespace {

class Page {
 public:
  Page(Agenda const& agenda, Language language) : agenda_(agenda), words_(language), language_(language) {}

  std::string run()
  {
    line(words_.say("agenda_title", {{"date", words_.date(agenda_.on)}}) + ": " + agenda_.name.in(language_));
    if (agenda_.synthetic) line(words_.say("agenda_synthetic"));
    if (agenda_.regime == Regime::martial_law) line(words_.say("agenda_martial_law"));
    AgendaItem const* before = nullptr;
    for (auto const& item : agenda_.items) {
      if (before == nullptr || before->owner != item.owner) line("\n" + owner(item.owner));
      if (before == nullptr || before->owner != item.owner || before->part != item.part)
        line("  " + words_.say("agenda_part_" + std::string(to_string(item.part))));
      entry(item);
      before = &item;
    }
    review();
    priorities();
    left_out();
    line("\n" + words_.say("agenda_finding"));
    return std::move(text_);
  }

 private:
  void line(std::string const& text) { text_ += text + "\n"; }

  [[nodiscard]] std::string owner(Owner const& owner) const
  {
    if (owner.agency.empty()) return words_.say("agenda_nobody");
    auto const found = std::find_if(agenda_.agencies.begin(), agenda_.agencies.end(),
                                    [&](AgendaAgency const& agency) { return agency.id == owner.agency; });
    auto const name = found == agenda_.agencies.end() ? owner.agency.text() : found->name.in(language_);
    auto role = owner.role.empty() ? words_.say("agenda_whole_agency") : owner.role;
    std::replace(role.begin(), role.end(), '_', ' ');
    return name + ": " + role;
  }

  void entry(AgendaItem const& item)
  {
    auto text = "    " + item.what.in(language_);
    auto const add = [&](std::string const& more) { text += "; " + more; };
    auto const day = [&](std::string_view key, std::string const& value) { add(words_.say(key, {{"day", value}})); };
    if (!item.subject.empty()) add(words_.say("agenda_case", {{"case", item.subject.text()}}));
    if (item.due) day("agenda_due", to_string(*item.due));
    if (item.promised)
      day(item.kind == AgendaKind::exchange ? "agenda_agreed" : "agenda_promised", to_string(*item.promised));
    if (item.done) day("agenda_done", to_string(*item.done));
    if (item.citation) add(item.reference + ", " + to_string(*item.citation));
    for (auto const mark : item.marks) add(words_.say("agenda_mark_" + std::string(to_string(mark))));
    line(text);
  }

  void review()
  {
    if (agenda_.review.empty()) return;
    line("\n" + words_.say("agenda_review"));
    for (auto const& item : agenda_.review) {
      auto const key = "agenda_outcome_" + std::string(to_string(item.outcome));
      auto const outcome =
          item.outcome == ReviewOutcome::withdrawn ? words_.say(key, {{"reason", item.reason}}) : words_.say(key);
      line("    " + item.what.in(language_) + " (" + owner(item.owner) + "): " + outcome);
    }
  }

  void priorities()
  {
    if (agenda_.priorities.empty()) return;
    auto const month =
        words_.say("month_alone_" + std::to_string(agenda_.on.month)) + " " + std::to_string(agenda_.on.year);
    line("\n" + words_.say("agenda_priorities", {{"month", month}}));
    for (auto const& item : agenda_.priorities) {
      auto const state =
          item.done ? words_.say("agenda_done", {{"day", to_string(*item.done)}}) : words_.say("agenda_priority_open");
      line("    " + item.what.in(language_) + " (" + owner(item.owner) + "): " + state);
    }
  }

  void left_out()
  {
    if (!agenda_.left_out.empty()) line("\n" + words_.say("agenda_left_out"));
    for (auto const& item : agenda_.left_out) {
      auto text = "    " + item.clock;
      if (!item.subject.empty()) text += ", " + words_.say("agenda_case", {{"case", item.subject.text()}});
      line(text + ": " + words_.say(item.not_in_force ? "agenda_not_in_force" : "agenda_mark_not_by_default"));
    }
    if (agenda_.later > 0) line("\n" + words_.say("agenda_later", {{"count", agenda_.later}}));
  }

  Agenda const& agenda_;
  detail::Catalogue words_;
  Language language_;
  std::string text_;
};

}  // namespace

std::string agenda_text(Agenda const& agenda, Language language) { return Page(agenda, language).run(); }

}  // namespace tutela::inline v0
