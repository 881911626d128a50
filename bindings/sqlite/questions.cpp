// SPDX-License-Identifier: Apache-2.0
/// \file
/// Packs that were loaded and questions that were prepared, for all statements of one connection.
#include "sqlite/questions.hpp"

#include <utility>

#include <tutela/base/result.hpp>

#include "sqlite/facts.hpp"

SQLITE_EXTENSION_INIT3

namespace tutela::sqlite {
namespace {

std::optional<Date> day_of(std::string const& text, Pack const& pack)
{
  constexpr auto how = "give the day asked about as text: '2026-03-02'";
  if (text.empty() && pack.info().dated)
    refuse(Code::missing_key, "the day is NULL", std::string(how) + "; there is no clock");
  if (text.empty()) return std::nullopt;
  auto const day = parse_date(text);
  if (!day) refuse(Code::invalid_date, "the day asked about is no day of the calendar", how);
  return day;
}

DecideOptions without_reasons()
{
  DecideOptions options;
  options.reasons = false;
  return options;
}

}  // namespace

Question::Question(std::shared_ptr<Session> session, std::string decision, std::optional<Date> on)
    : session_(std::move(session)),
      decision_(std::move(decision)),
      on_(on),
      prepared_(session_->pack(), decision_, on, without_reasons())
{
}

Proof Question::prove() const { return session_->pack().prove(decision_, session_->record(), on_); }

std::shared_ptr<Session> const& Questions::session(std::string const& pack)
{
  auto const* found = sessions_.find(pack);
  return found != nullptr ? *found : sessions_.keep(pack, std::make_shared<Session>(load_pack(pack).value()));
}

Question const& Questions::find(std::span<sqlite3_value* const> arguments)
{
  if (arguments.size() <= first_fact)
    refuse(Code::invalid_request, "there are too few arguments", "give pack, decision, day and facts");
  auto pack = std::string(text_of(arguments[the_pack], "the pack", databases::which_pack));
  auto decision =
      std::string(text_of(arguments[the_decision], "the decision", "give the name of a decision of the pack"));
  bool const no_day = sqlite3_value_type(arguments[the_day]) == SQLITE_NULL;
  auto day =
      no_day ? std::string() : std::string(text_of(arguments[the_day], "the day", "give it as text: '2026-03-02'"));
  Key key(std::move(pack), std::move(decision), std::move(day));
  if (auto const* found = questions_.find(key)) return *found;

  auto const& asking = session(std::get<0>(key));
  if (auto unknown = databases::unknown_decision(asking->pack(), std::get<1>(key))) throw Error({*std::move(unknown)});
  Question made(asking, std::get<1>(key), day_of(std::get<2>(key), asking->pack()));
  return questions_.keep(std::move(key), std::move(made));
}

}  // namespace tutela::sqlite
