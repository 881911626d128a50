// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the three views of an explanation share (internal).
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/io/explanation.hpp>

#include "io/explanation_lines.hpp"
#include "io/words.hpp"

namespace tutela::detail {

using Lines = std::vector<ExplanationLine>;

/// An age at which somebody is no child any more.
inline constexpr int of_age = 18;

/// The answer of a verdict in a word or two.
[[nodiscard]] std::string answer_words(Words const& words, Verdict const& verdict);

/// A value that a rule answers; that there is none has words too.
[[nodiscard]] std::string output_words(Words const& words, Value const& value);

/// The message that says why an answer is refused.
[[nodiscard]] std::string_view refusal_key(Verdict const& verdict);

/// What the outcome says beside the answer: what is still possible, why there is no answer.
[[nodiscard]] std::vector<std::string> outcome_notes(Words const& words, Verdict const& verdict);

/// Act and article, with grade and date of the text for those who check them.
[[nodiscard]] std::string graded_law(Words const& words, Citation const& citation);

/// Adds a line unless its words are there.
void add_once(Lines& lines, std::string_view kind, std::string words);

/// The proof, its names in the language, and who may see what.
class Explainer {
 public:
  Explainer(Proof const& proof, ExplanationOptions const& options)
      : proof_(proof), options_(options), words_(options.language)
  {
  }

  ExplanationPage page();

 private:
  // What the reader may see.
  bool shows(std::string const& fact) const;
  bool shows(ProofCondition const& condition) const;
  bool shows(ProofRule const& rule) const;
  bool shows_all(std::vector<std::string> const& facts, std::vector<std::string> const& decisions) const;
  bool withholds() const;
  bool speaks(ProofStep const& step, ProofRule const& rule) const;

  // Parts of a line.
  std::string label(std::string_view name) const;
  std::string fact_label(std::string const& name) const;
  std::string fact_value(ProofFact const& fact) const;
  std::string condition_words(ProofCondition const& condition) const;
  std::string rule_words(ProofRule const& rule) const;
  std::string answer_of_step(ProofStep const& step) const;

  // Lines of the officer's view.
  void officer(ExplanationPage& page);
  ExplanationLine fact_line(std::string const& name) const;
  ExplanationLine condition_line(ProofCondition const& condition);
  ExplanationLine rule_line(ProofRule const& rule);
  Lines step_lines(ProofStep const& step);
  void law_lines(std::vector<Citation> const& citations, Lines& lines) const;
  Lines decision_lines(std::vector<std::string> const& names);
  void rule_group(ProofStep const& step, std::string_view key, std::initializer_list<RuleState> states, Lines& lines);
  void add_sets(Lines& lines) const;
  ExplanationLine questions() const;

  // Lines of the family's and the child's view.
  void family(ExplanationPage& page) const;
  void child(ExplanationPage& page) const;
  Lines known_facts() const;
  Lines holding_conditions() const;
  Lines needed() const;
  Lines laws() const;
  Lines duties() const;
  void note(Lines& lines, std::string_view key, std::vector<Argument> const& arguments = {}) const;
  void group(Lines& lines, std::string_view key, Lines parts, std::vector<Argument> const& arguments = {}) const;

  Proof const& proof_;
  ExplanationOptions const& options_;
  Words words_;
  std::vector<std::string> shown_;  ///< Decisions whose rules were printed already.
};

}  // namespace tutela::detail
