// SPDX-License-Identifier: Apache-2.0
#include "risk/instrument_use.hpp"

#include <algorithm>

#include "risk/norms.hpp"

namespace tutela::detail {

namespace {

Text no_recorded_act()
{
  Text text("no sanction or charge is recorded for this person");
  text.set(Language::ro, "nu este înregistrată nicio sancțiune sau învinuire a acestei persoane");
  text.set(Language::uk, "щодо цієї особи не зафіксовано стягнення чи обвинувачення");
  text.set(Language::ru, "в отношении этого человека не зафиксировано наказание или обвинение");
  return text;
}

Text other_jurisdiction()
{
  Text text("the instrument was not normed for this person's jurisdiction");
  text.set(Language::ro, "instrumentul nu a fost etalonat pentru jurisdicția acestei persoane");
  text.set(Language::uk, "інструмент не нормовано для юрисдикції цієї особи");
  text.set(Language::ru, "инструмент не нормирован для юрисдикции этого человека");
  return text;
}

Text no_norm()
{
  Text text("the instrument has no norm for this person's jurisdiction on this day");
  text.set(Language::ro, "instrumentul nu are o etalonare pentru jurisdicția acestei persoane în această zi");
  text.set(Language::uk, "інструмент не має норм для юрисдикції цієї особи на цей день");
  text.set(Language::ru, "у инструмента нет норм для юрисдикции этого человека на этот день");
  return text;
}

InstrumentUse refusal(Text reason)
{
  InstrumentUse use;
  use.refused = true;
  use.state = ScoreState::not_applicable;
  use.reason = std::move(reason);
  return use;
}

}  // namespace

InstrumentUse use_of(InstrumentProgram const& program, bool recorded, std::string_view jurisdiction,
                     std::optional<Date> on, ScorePurpose purpose)
{
  InstrumentUse use;
  auto const& applicability = program.description.applicability;
  if (!applicability.recorded_act.empty() && !recorded) return refusal(no_recorded_act());
  auto const& places = applicability.jurisdictions;
  if (!places.empty() && std::find(places.begin(), places.end(), jurisdiction) == places.end()) {
    if (purpose != ScorePurpose::research) return refusal(other_jurisdiction());
    use.research = true;
  }
  if (program.cuts.empty()) return use;  // no norm holds here: never that of another place or day
  if (!on && has_norm_in(program.cuts, jurisdiction)) {
    use.refused = true;
    use.reason = no_norm();
    use.diagnostics = choose_norm(program.cuts, jurisdiction, on).diagnostics();
    return use;
  }
  if (purpose != ScorePurpose::research) return refusal(no_norm());
  use.research = true;
  return use;
}

}  // namespace tutela::detail
