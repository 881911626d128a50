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
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela-c/tutela.h>
#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/risk/instrument.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/session.hpp>
#include "rules/session_cell.hpp"

namespace tutela::detail {

/// First word of every handle: tells a pack from a network when a caller without types mixes them up.
enum class HandleTag : std::uint32_t {
  error = 0x7455'0001,
  pack,
  instrument,
  network,
  session,
  verdict,
  decision,
  batch
};

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
  std::uint32_t fingerprint;                              ///< Upper half of every slot of its pack.
  std::vector<tutela::Slot> slots;                        ///< One for each declaration of the pack, in their order.
  std::span<tutela::FactDeclaration const> declarations;  ///< Of the pack, which the session keeps alive.
  /// For each declaration the kind of which every value may be set; otherwise error.
  std::vector<tutela::Kind> any_of;
  tutela::detail::SessionCells cells;  ///< Of the session, for what needs no more than to be put there.
  bool has_case = false;               ///< Facts of a case that no slot has replaced may be there.
  std::string answer = {};             ///< The last answer as JSON, for the view that was handed out.
};

struct tutela_decision {
  tutela::detail::HandleTag tag = tutela::detail::HandleTag::decision;
  tutela::PreparedDecision prepared;
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

/// The place of a slot among the facts of its pack. \throws ContractViolation when it is of another pack.
inline std::size_t place_of(tutela_slot slot, std::uint32_t fingerprint, std::size_t facts)
{
  auto const place = static_cast<std::uint32_t>(slot);
  if (slot >> 32U != fingerprint || place >= facts) throw ContractViolation("the slot is of another pack");
  return place;
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

/// One element of a caller's array of structures that begin with `struct_size`; all have the size of the first one.
/// \throws ContractViolation when they have not, or when it is no size of such a structure.
template <class T>
T sized_element(T const* array, std::size_t index, T initial)
{
  std::size_t const size = array->struct_size;
  if (size < sizeof array->struct_size || size % alignof(T) != 0)
    throw ContractViolation("struct_size is not set; start with the _INIT value");
  auto const* element = reinterpret_cast<T const*>(reinterpret_cast<char const*>(array) + index * size);
  if (element->struct_size != size) throw ContractViolation("the elements of an array differ in struct_size");
  return sized(element, initial);
}

/// A caller's array is there when it has a length. \throws ContractViolation when it is not.
template <class T>
void check_array(T const* array, std::size_t count, char const* what)
{
  if (array == nullptr && count != 0) throw ContractViolation(std::string(what) + " are NULL but have a number");
}

/// Writes a structure that begins with `struct_size`, as far as the caller's version knows it.
/// \param initial The structure before `fill` sets its members, with the size known here.
/// \param fill    Called once; in place where the caller has all members, which saves a copy.
template <class T, class Fill>
void fill_sized(T* place, T initial, Fill const& fill)
{
  std::size_t const size = output(place).struct_size;
  if (size < sizeof place->struct_size) throw ContractViolation("struct_size is not set; start with the _INIT value");
  if (size >= sizeof(T)) return fill(*place);
  fill(initial);
  initial.struct_size = static_cast<std::uint32_t>(size);
  std::memcpy(place, &initial, size);
}

/// The same with a structure that is filled already.
template <class T>
void write_sized(T* place, T filled)
{
  fill_sized(place, filled, [&filled](T& written) {
    auto const size = written.struct_size;
    written = filled;
    written.struct_size = size;
  });
}

/// A caller's text. \throws ContractViolation when it is NULL with a length; Error when it is not UTF-8.
std::string_view text_from(char const* data, std::size_t length, std::string_view what);

/// A name: text that is not empty and fits the limits. \throws as `text_from`, and Error when it is too long.
std::string name_from(char const* data, std::size_t length, std::string_view what, Limits const& limits = {});

/// The limits that a caller gave. \throws ContractViolation when `struct_size` is not set.
Limits limits_from(tutela_limits const* given);

/// A view of the caller's as text. \throws as `text_from`.
inline std::string_view text_from(tutela_view view, std::string_view what)
{
  return text_from(view.data, view.length, what);
}

/// The language of that code, English where it is empty. \throws as `text_from`; Error when nothing is written in it.
Language language_from(tutela_view code);

/// An array of texts. \throws as `check_array` and `text_from`; Error when there are more than `Limits::elements`.
std::vector<std::string> texts_from(tutela_view const* array, std::size_t count, char const* what);

/// A day, or nothing where all is zero. \throws Error when the calendar has no such day.
std::optional<Date> date_from(tutela_date const& given, std::string_view what);

/// The day asked about, and how it is asked.
struct Asking {
  std::optional<Date> on;
  DecideOptions options;
};

/// The options of a caller; the defaults where they are NULL. \throws as `sized`, `date_from` and `text_from`.
Asking asking_from(tutela_decide_options const* given);

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
