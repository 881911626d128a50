// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the C++20 standard library of Debian's Emscripten (libc++ 13) lacks and Tutela uses; included before every source.
#pragma once

#ifdef __cplusplus
#include <charconv>
#include <compare>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#if _LIBCPP_VERSION < 14000
namespace std {  // NOLINT: later versions of the library define exactly these

constexpr bool is_eq(partial_ordering order) noexcept { return order == 0; }

template <class To, class From>
constexpr To bit_cast(From const& from) noexcept
{
  static_assert(sizeof(To) == sizeof(From));
  return __builtin_bit_cast(To, from);
}

inline strong_ordering operator<=>(string const& one, string const& other) noexcept { return one.compare(other) <=> 0; }

inline strong_ordering operator<=>(string_view one, string_view other) noexcept { return one.compare(other) <=> 0; }

template <class T>
constexpr auto operator<=>(optional<T> const& one, optional<T> const& other) -> decltype(*one <=> *other)
{
  if (one && other) return *one <=> *other;
  return one.has_value() <=> other.has_value();
}

template <class T>
constexpr auto operator<=>(vector<T> const& one, vector<T> const& other) -> decltype(one[0] <=> other[0])
{
  for (size_t i = 0; i < one.size() && i < other.size(); ++i)
    if (auto const order = one[i] <=> other[i]; order != 0) return order;
  return one.size() <=> other.size();
}

inline to_chars_result to_chars(char* first, char* last, double value, chars_format, int precision)
{
  int const length = snprintf(first, static_cast<size_t>(last - first), "%.*f", precision, value);
  if (length < 0 || length >= last - first) return {last, errc::value_too_large};
  return {first + length, errc()};
}

/// The shortest text without an exponent that reads back as the same number.
inline to_chars_result to_chars(char* first, char* last, double value, chars_format)
{
  for (int precision = 0;; ++precision) {
    auto const written = to_chars(first, last, value, chars_format::fixed, precision);
    if (written.ec != errc() || value != value || strtod(first, nullptr) == value) return written;
  }
}

/// The shortest text that reads back as the same number, without an exponent where that is not longer.
inline to_chars_result to_chars(char* first, char* last, double value)
{
  char with_exponent[40];
  char plain[400];
  int length = 0;
  for (int digits = 0; digits < 17; ++digits) {
    length = snprintf(with_exponent, sizeof with_exponent, "%.*e", digits, value);
    if (strtod(with_exponent, nullptr) == value) break;
  }
  auto const written = to_chars(plain, plain + sizeof plain, value, chars_format::fixed);
  char const* shorter = written.ptr - plain <= length ? plain : with_exponent;
  auto const size = shorter == plain ? written.ptr - plain : length;
  if (last - first < size) return {last, errc::value_too_large};
  memcpy(first, shorter, static_cast<size_t>(size));
  return {first + size, errc()};
}

/// Reads a number; the texts that arrive here were checked before to be plain decimal ones.
inline from_chars_result from_chars(char const* first, char const* last, double& value,
                                    chars_format = chars_format::general)
{
  string const text(first, last);
  if (text.empty() || text.front() == '+' || text.front() == ' ') return {first, errc::invalid_argument};
  char* end = nullptr;
  double const read = strtod(text.c_str(), &end);
  if (end == text.c_str()) return {first, errc::invalid_argument};
  value = read;
  return {first + (end - text.c_str()), errc()};
}

}  // namespace std
#endif
#endif
