// SPDX-License-Identifier: Apache-2.0
#include <tutela/model/publication.hpp>

namespace tutela::inline v0 {

Date PartialDate::earliest() const noexcept
{
  auto const first_month = month == 0 ? std::uint8_t{1} : month;
  return {year, first_month, day == 0 ? std::uint8_t{1} : day};
}

Date PartialDate::latest() const noexcept
{
  auto const last_month = month == 0 ? std::uint8_t{12} : month;
  return {year, last_month, day == 0 ? static_cast<std::uint8_t>(days_in_month(year, last_month)) : day};
}

PartialDate to_partial(Date date) noexcept { return {date.year, date.month, date.day}; }

std::optional<PartialDate> parse_partial_date(std::string_view text) noexcept
{
  std::uint8_t const given = text.size() == 4 ? 1 : text.size() == 7 ? 2 : text.size() == 10 ? 3 : 0;
  if (given == 0) return std::nullopt;
  // The parts that are not given are completed only to let the calendar check the parts that are.
  char whole[] = "0000-01-01";
  for (std::size_t i = 0; i < text.size(); ++i) whole[i] = text[i];
  auto const date = parse_date(std::string_view(whole, 10));
  if (!date || date->year < 1) return std::nullopt;
  PartialDate partial = to_partial(*date);
  if (given < 3) partial.day = 0;
  if (given < 2) partial.month = 0;
  return partial;
}

std::string to_string(PartialDate date)
{
  std::string text = to_string(date.earliest());
  if (date.day == 0) text.resize(text.size() - 3);
  if (date.month == 0) text.resize(text.size() - 3);
  return text;
}

}  // namespace tutela::inline v0
