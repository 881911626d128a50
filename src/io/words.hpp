// SPDX-License-Identifier: Apache-2.0
/// \file
/// Values, code words and conditions in the words of a language (internal).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/base/text.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/model/publication.hpp>
#include <tutela/rules/verdict.hpp>

#include "io/messages.hpp"

namespace tutela::detail {

/// The catalogue of a language and what is said with it.
class Words {
 public:
  explicit Words(Language spoken) : language(spoken), catalogue(spoken) {}

  Language language;
  Catalogue catalogue;

  [[nodiscard]] std::string say(std::string_view key, std::vector<Argument> const& arguments = {}) const
  {
    return catalogue.say(key, arguments);
  }
  /// A code word of a file in the language: `group_code` of the catalogue, else the code with blanks.
  [[nodiscard]] std::string code_word(std::string_view group, std::string_view code) const;
  /// A short phrase of a file in the language where the catalogue has it, else as written.
  [[nodiscard]] std::string phrase(std::string_view group, std::string const& words) const;
  /// A length of time written as `24 hours` or `3 working days`, for hours to years; anything else as written.
  [[nodiscard]] std::string length(std::string const& words) const;
  /// A partial date as far as it is known.
  [[nodiscard]] std::string partial_date(PartialDate date) const;
  /// A value for people: yes, no, a date, a number, a length of time, a code word.
  [[nodiscard]] std::string value(Value const& value) const;
  /// A number with its unit: `30 days`; \param words The number as `value` writes it.
  [[nodiscard]] std::string with_unit(std::string const& words, Decimal number, std::string const& unit) const;
  /// Act and article: `Family Code (1316/2000), art. 142(2)`.
  [[nodiscard]] std::string law(Citation const& citation) const;
  /// A duty with its clock and whom it is owed to.
  [[nodiscard]] std::string duty(Duty const& duty) const;
  /// What must be said before anything is asked where an answer is open, sentence by sentence; empty otherwise.
  [[nodiscard]] std::vector<std::string> cautions(Caution caution, std::vector<Duty> const& duties) const;
  [[nodiscard]] std::vector<std::string> cautions(Verdict const& verdict) const
  {
    return cautions(verdict.caution, verdict.safety_duties);
  }
  /// Why something cannot be computed. \param what As the engine says it, in English; what is not in the catalogue stays so.
  [[nodiscard]] std::string fault(std::string const& what) const;
  /// `a, b, c`
  [[nodiscard]] std::string listed(std::vector<std::string> const& items) const;

  /// What a condition tests, for people; nothing when it is more than one fact or decision, or an age.
  /// \param label Name for people of a fact or decision; empty where there is none.
  [[nodiscard]] std::string subject(std::string_view input,
                                    std::function<std::string(std::string_view)> const& label) const;
  /// A test for people: `under 18`, `mayor or court`. What is more than comparisons stays as it is written.
  [[nodiscard]] std::string test(std::string_view test) const;

 private:
  [[nodiscard]] std::string one_test(std::string_view test) const;
  [[nodiscard]] std::string constant(std::string_view text) const;
};

}  // namespace tutela::detail
