// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests of the words of a validation report in four languages.
#include <regex>

#include <tutela/io/validation.hpp>

#include "unit/engine/fixture.hpp"

namespace tutela::test {
namespace {

/// A report in which every section stands; names in the data are in capital Greek letters, so that no language has them.
class ValidationPage : public ::testing::Test {
 protected:
  static ValidationReport report()
  {
    constexpr std::uint32_t people = 600;
    std::vector<double> scores;
    std::vector<double> other;
    std::vector<double> times;
    std::vector<std::uint8_t> outcomes;
    std::vector<std::uint8_t> answered;
    std::vector<std::uint32_t> groups;
    std::vector<std::uint32_t> halves;
    std::vector<std::uint32_t> periods;
    for (std::uint32_t k = 0; k < people; ++k) {
      scores.push_back((k % 10 + 0.5) / 10);
      other.push_back((k * 31 % 10 + 0.5) / 10);
      outcomes.push_back((k * 7919 + k / 10) % 20 < k % 10 ? 1 : 0);
      times.push_back(1 + k % 36);
      answered.push_back(k % 9 == 0 ? 0 : 1);
      groups.push_back(k < 3 ? 2 : k % 2);
      halves.push_back(k / 300);
      periods.push_back(2024 + k / 300);
    }
    std::vector<double> const earlier(100, 0.05);
    std::vector<std::uint32_t> const first{0, 1, 2, 2, 1};
    std::vector<std::uint32_t> const second{0, 1, 2, 1, 1};
    ValidationSample sample;
    sample.scores = scores;
    sample.other_scores = other;
    sample.outcomes = outcomes;
    sample.times = times;
    sample.groupings = {{"ΓΓ", {"ΑΑ", "ΒΒ", "ΔΔ"}, groups}, {"ΗΗ", {"ΘΘ", "ΛΛ"}, halves}};
    sample.periods = periods;
    sample.items = {{"ΞΞ", answered}};
    sample.earlier_scores = earlier;
    sample.first_rating = first;
    sample.second_rating = second;
    sample.strata = halves;
    sample.left_out = {{"ΠΠ", 12}};
    ValidationOptions options;
    options.probabilities = true;
    options.cuts = {0.2, 0.7};
    options.draws = 20;
    options.subject = "ΣΣ";
    options.outcome = "ΦΦ";
    return validate(sample, options).value();
  }

  /// Words of letters of the Latin alphabet, longer than the signs of formulas.
  static std::set<std::string> latin_words(std::string const& text)
  {
    std::set<std::string> words;
    std::regex const word("[A-Za-z]{2,}");
    for (auto found = std::sregex_iterator(text.begin(), text.end(), word); found != std::sregex_iterator(); ++found)
      words.insert(found->str());
    return words;
  }
};

TEST_F(ValidationPage, leaves_no_word_in_another_alphabet)
{
  std::set<std::string> const shared{"Tutela", "ROC", "PPV", "NPV", "FPR", "FNR", "FOR",
                                     "LR",     "AUC", "TP",  "FP",  "FN",  "TN"};
  for (auto const language : {Language::uk, Language::ru})
    for (auto const& word : latin_words(validation_markdown(report(), language)))
      EXPECT_EQ(shared.count(word), 1U) << to_string(language) << " " << word;
}

TEST_F(ValidationPage, says_the_same_figures_in_every_language)
{
  auto const digits = [](std::string text) {
    std::string result;
    for (char& sign : text) sign = sign == ',' ? '.' : sign;
    std::regex const number("[0-9]+(\\.[0-9]+)?");
    for (auto found = std::sregex_iterator(text.begin(), text.end(), number); found != std::sregex_iterator(); ++found)
      result += found->str() + " ";
    return result;
  };
  auto const english = digits(validation_markdown(report()));
  EXPECT_GT(english.size(), 2000U);
  EXPECT_NE(validation_markdown(report()).find("0.2"), std::string::npos);
  for (auto const language : {Language::ro, Language::uk, Language::ru})
    EXPECT_EQ(digits(validation_markdown(report(), language)), english) << to_string(language);
}

TEST_F(ValidationPage, marks_its_language_and_says_its_findings_in_it)
{
  auto const made = report();
  EXPECT_NE(validation_page(made, Language::ro).find("<html lang=\"ro\">"), std::string::npos);
  auto const hidden = std::find_if(made.findings.begin(), made.findings.end(), [](ValidationFinding const& one) {
    return one.kind == ValidationFindingKind::hidden_groups;
  });
  ASSERT_NE(hidden, made.findings.end());
  EXPECT_EQ(to_text(*hidden), "ΓΓ: 2 of 3 groups not shown");
  EXPECT_EQ(to_text(*hidden, Language::ru), "ΓΓ: не показано 2 из 3 групп");
  EXPECT_EQ(to_text(*hidden, Language::ro), "ΓΓ: nu sunt arătate 2 din 3 grupuri");
  EXPECT_EQ(to_diagnostic(*hidden).severity, Severity::note);
}

}  // namespace
}  // namespace tutela::test
