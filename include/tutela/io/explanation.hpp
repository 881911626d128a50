// SPDX-License-Identifier: Apache-2.0
/// \file
/// Verdicts in words: for the officer, for the family and for the child.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tutela/base/config.hpp>
#include <tutela/base/text.hpp>
#include <tutela/rules/proof.hpp>
#include <tutela/rules/verdict.hpp>

namespace tutela::inline v0 {

/// For whom an explanation is written; `docs/explanations.md` says what each one is shown.
enum class View : std::uint8_t {
  officer,  ///< The named person who decides: everything, with rule numbers, values and sources.
  family,   ///< The parents or legal representatives: the household's own data, what they can bring, where to turn.
  child     ///< The child: short sentences for the age; own everyday data only, nothing about violence.
};

/// `officer`, `family` or `child`.
[[nodiscard]] TUTELA_API std::string_view to_string(View view) noexcept;

/// The view of that name, or nothing.
[[nodiscard]] TUTELA_API std::optional<View> parse_view(std::string_view name) noexcept;

/// How an explanation is written.
enum class ExplanationFormat : std::uint8_t {
  text,  ///< Plain text of several lines, indented.
  html,  ///< A fragment of HTML that stands alone: a tree that unfolds for the officer, short lists for the others.
  json   ///< One JSON object with the same lines; for the officer also the typed proof.
};

/// How to explain a proof.
struct ExplanationOptions {
  Language language = Language::en;                    ///< Language of the words.
  View view = View::officer;                           ///< For whom.
  std::optional<int> age;                              ///< Age of the child in completed years, 0 to 17; for the child.
  std::string contact;                                 ///< Whom the reader can turn to, as it should be printed.
  ExplanationFormat format = ExplanationFormat::text;  ///< How it is written.
};

/// Why a verdict is what it is, in words.
///
/// The officer's view holds the values of facts: it is data of the case. The other two leave out what is not for the
/// reader's eyes, and every condition, rule and decision below that rests on it; they say that something is left out.
/// The answer itself is always given (except to the child where it can separate a family or rests on violence), so who
/// asks must know that an answer alone may let the reader guess at a fact.
/// \throws ContractViolation for the child's view without an age from 0 to 17.
/// Linear in the size of the proof.
[[nodiscard]] TUTELA_API std::string explain(Proof const& proof, ExplanationOptions const& options = {});

/// Why a verdict is what it is, as plain text of several lines, without its proof.
///
/// The first line gives the question and the answer. Then come the facts to ask, the rules that apply or may apply with
/// their conditions and articles, and what they oblige to. It names facts and repeats the values that the rules compare
/// with, never the value of a fact.
/// \param verdict  The verdict.
/// \param language Language of the words; labels and acts fall back to what the pack offers.
[[nodiscard]] TUTELA_API std::string explain(Verdict const& verdict, Language language = Language::en);

/// A proof as JSON, values of facts included. \param indent Blanks an indentation step; 0 for one line.
[[nodiscard]] TUTELA_API std::string write_proof(Proof const& proof, int indent = 0);

}  // namespace tutela::inline v0
