// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <charconv>
#include <utility>

#include <tutela/calendar/term.hpp>

namespace tutela::inline v0 {
namespace {

struct Words {
  std::string_view one;
  std::string_view many;
};

constexpr std::array<Words, 5> words{
    {{"hour", "hours"}, {"day", "days"}, {"working day", "working days"}, {"month", "months"}, {"year", "years"}}};

constexpr std::string_view at_once = "at once";

}  // namespace

std::string to_string(Term term)
{
  if (term.count == 0) return std::string(at_once);
  auto const& word = words[static_cast<std::size_t>(term.unit)];
  return std::to_string(term.count) + " " + std::string(term.count == 1 ? word.one : word.many);
}

std::optional<Term> parse_term(std::string_view text) noexcept
{
  if (text == at_once) return Term{0, TermUnit::hours};
  Term term;
  auto const* const end = text.data() + text.size();
  auto const [rest, error] = std::from_chars(text.data(), end, term.count);
  if (error != std::errc() || rest == end || *rest != ' ' || term.count < 1 || term.count > max_term)
    return std::nullopt;
  auto const unit = text.substr(static_cast<std::size_t>(rest - text.data()) + 1);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (unit != (term.count == 1 ? words[i].one : words[i].many)) continue;
    term.unit = static_cast<TermUnit>(i);
    return term;
  }
  return std::nullopt;
}

}  // namespace tutela::inline v0
