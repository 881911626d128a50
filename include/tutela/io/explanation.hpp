// SPDX-License-Identifier: Apache-2.0
/// \file
/// Verdicts in words, for the person concerned and the one who decides.
#pragma once

#include <string>

#include <tutela/base/config.hpp>
#include <tutela/base/text.hpp>
#include <tutela/rules/verdict.hpp>

namespace tutela::inline v0 {

/// Why a verdict is what it is, as plain text of several lines.
///
/// The first line gives the question and the answer. Then come the facts to ask, the rules that apply or may apply with
/// their conditions and articles, and what they oblige to. It names facts and repeats the values that the rules compare
/// with, never the value of a fact.
/// \param verdict  The verdict.
/// \param language Language of the words; labels and acts fall back to what the pack offers.
[[nodiscard]] TUTELA_API std::string explain(Verdict const& verdict, Language language = Language::en);

}  // namespace tutela::inline v0
