// SPDX-License-Identifier: Apache-2.0
/// \file
/// What may stand in the details of a generic record (internal).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/facts/value.hpp>

namespace tutela::detail {

/// True for lower-case letters, digits and underscores that begin with a letter.
bool is_code_word(std::string_view text);

/// True for a number of at most 15 digits, which every reader of JSON reads as it is.
bool is_short(Decimal number);

/// A name as a token of a JSON pointer (RFC 6901).
std::string escaped(std::string_view token);

/// The first thing in a value that JSON cannot say, with the JSON pointer to it from the value on; nothing when there is none.
std::optional<Diagnostic> not_plain(Value const& value, Limits const& limits);

}  // namespace tutela::detail
