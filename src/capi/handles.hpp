// SPDX-License-Identifier: Apache-2.0
/// \file
/// What stands behind the opaque handles of `tutela.h`, and how every entry checks what it was given (internal).
///
/// An entry is a function-try-block. Inside, misuse throws `ContractViolation` and bad input throws `Error`; `caught`
/// turns whatever arrives into a status and an error object, so that no exception crosses the border.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela-c/tutela.h>
#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/risk/instrument.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/session.hpp>

namespace tutela::detail {

/// First word of every handle: tells a pack from a network when a caller without types mixes them up.
enum class HandleTag : std::uint32_t { error = 0x7455'0001, pack, instrument, network, session, verdict };

}  // namespace tutela::detail

struct tutela_error {
  tutela::detail::HandleTag tag = tutela::detail::HandleTag::error;
  std::vector<tutela::Diagnostic> diagnostics;
  std::string message;
};

struct tutela_pack {
  tutela::detail::HandleTag tag = tutela::detail::HandleTag::pack;
  tutela::Pack pack;
  std::vector<tutela::Diagnostic> warnings;
  std::uint32_t fingerprint;  ///< Upper half of every slot of this pack.
};

struct tutela_instrument {
  tutela::detail::HandleTag tag = tutela::detail::HandleTag::instrument;
  tutela::Instrument instrument;
};

struct tutela_network {
  tutela::detail::HandleTag tag = tutela::detail::HandleTag::network;
  tutela::Network network;
};

struct tutela_session {
  tutela::detail::HandleTag tag = tutela::detail::HandleTag::session;
  tutela::Session session;
  std::uint32_t fingerprint;  ///< Upper half of every slot of its pack.
};

struct tutela_verdict {
  tutela::detail::HandleTag tag = tutela::detail::HandleTag::verdict;
  tutela::Verdict verdict;
  std::string value;  ///< The answer as JSON; empty unless it is known.
};

namespace tutela::detail {

/// The object behind a handle. \throws ContractViolation when it is NULL or of another type.
template <class T>
T& checked(T* handle, HandleTag tag)
{
  if (handle == nullptr) throw ContractViolation("a handle is NULL");
  HandleTag found{};
  std::memcpy(&found, static_cast<void const*>(handle), sizeof found);  // the handle may be of another type
  if (found != tag) throw ContractViolation("a handle is of another type, or was already given back");
  return *handle;
}

/// The place where a result goes. \throws ContractViolation when it is NULL.
template <class T>
T& output(T* place)
{
  if (place == nullptr) throw ContractViolation("the place for the result is NULL");
  return *place;
}

/// A caller's structure that begins with `struct_size`, cut or filled to the size known here.
/// \throws ContractViolation when it does not even hold the size.
template <class T>
T sized(T const* given, T initial)
{
  if (given == nullptr) return initial;
  std::size_t const size = given->struct_size;
  if (size < sizeof given->struct_size) throw ContractViolation("struct_size is not set; start with the _INIT value");
  std::memcpy(&initial, given, size < sizeof(T) ? size : sizeof(T));
  initial.struct_size = sizeof(T);
  return initial;
}

/// Writes a structure that begins with `struct_size`, as far as the caller's version knows it.
template <class T>
void write_sized(T* place, T filled)
{
  std::size_t const size = output(place).struct_size;
  if (size < sizeof place->struct_size) throw ContractViolation("struct_size is not set; start with the _INIT value");
  filled.struct_size = static_cast<std::uint32_t>(size);
  std::memcpy(place, &filled, size < sizeof(T) ? size : sizeof(T));
}

/// A caller's text. \throws ContractViolation when it is NULL with a length; Error when it is not UTF-8.
std::string_view text_from(char const* data, std::size_t length, std::string_view what);

/// A name: text that is not empty and fits the limits. \throws as `text_from`, and Error when it is too long.
std::string name_from(char const* data, std::size_t length, std::string_view what, Limits const& limits = {});

/// The limits that a caller gave. \throws ContractViolation when `struct_size` is not set.
Limits limits_from(tutela_limits const* given);

/// A day, or nothing where all is zero. \throws Error when the calendar has no such day.
std::optional<Date> date_from(tutela_date const& given, std::string_view what);

/// A view of a text that lives elsewhere.
inline tutela_view view_of(std::string_view text) noexcept { return {text.empty() ? "" : text.data(), text.size()}; }

/// Hands a text over to the caller. \throws std::bad_alloc
void give_text(tutela_text* place, std::string_view text);

/// One error with one finding.
[[noreturn]] void refuse(Code code, std::string what, std::string mend = {});

/// Turns the exception in flight into a status and, where wanted and possible, an error object.
tutela_status caught(tutela_error** error) noexcept;

/// Nothing has gone wrong yet.
inline void begin(tutela_error** error) noexcept
{
  if (error != nullptr) *error = nullptr;
}

}  // namespace tutela::detail
