// SPDX-License-Identifier: Apache-2.0
#include <tutela/base/date.hpp>

namespace tutela::inline v0 {
namespace {

/// Reads exactly `text` as digits; -1 when there is anything else.
int digits(std::string_view text) noexcept
{
  int value = 0;
  for (char const character : text) {
    if (character < '0' || character > '9') return -1;
    value = value * 10 + (character - '0');
  }
  return text.empty() ? -1 : value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) noexcept
{
  bool const negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  auto const year_end = text.find('-');
  // Four digits, or five to nine without a leading zero.
  if (year_end == std::string_view::npos || year_end < 4 || year_end > 9) return std::nullopt;
  if (year_end > 4 && text.front() == '0') return std::nullopt;
  if (text.size() != year_end + 6 || text[year_end + 3] != '-') return std::nullopt;
  int const year = digits(text.substr(0, year_end));
  int const month = digits(text.substr(year_end + 1, 2));
  int const day = digits(text.substr(year_end + 4, 2));
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  if (negative && year == 0) return std::nullopt;
  return make_date(negative ? -year : year, month, day);
}

std::string to_string(Date date)
{
  auto const padded = [](std::int64_t number, std::size_t width) {
    std::string text = std::to_string(number);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
  };
  std::int64_t const year = date.year;
  std::string text = year < 0 ? "-" + padded(-year, 4) : padded(year, 4);
  return text + "-" + padded(date.month, 2) + "-" + padded(date.day, 2);
}

}  // namespace tutela::inline v0
