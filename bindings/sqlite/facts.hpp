// SPDX-License-Identifier: Apache-2.0
/// \file
/// Facts and other arguments as SQLite hands them over.
#pragma once

#include <sqlite3ext.h>

#include <span>
#include <string>
#include <string_view>

#include <tutela/base/diagnostic.hpp>
#include <tutela/rules/session.hpp>

namespace tutela::sqlite {

/// The places of the arguments before the facts.
enum : int { the_pack, the_decision, the_day, first_fact };

/// One error with one finding.
[[noreturn]] void refuse(Code code, std::string what, std::string mend);

/// A text. It lives as long as nobody reads the argument in another type.
/// \throws Error when it is NULL or no text. \param what,mend Words for the error.
[[nodiscard]] std::string_view text_of(sqlite3_value* argument, char const* what, char const* mend);

/// Replaces the facts of a session.
///
/// \param arguments One JSON object, or names and values in turn. NULL is a fact that is not known. A Boolean fact is also
///                  read from 0 and 1, a number exactly from text; a REAL, which is no decimal fraction, never.
/// \throws Error with everything that is wrong, and never a value.
void read_facts(Session& session, std::span<sqlite3_value* const> arguments);

}  // namespace tutela::sqlite
