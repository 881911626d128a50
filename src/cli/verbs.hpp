// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the verbs of the command-line program share.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>

namespace tutela::cli {

/// How the program ends.
enum ExitCode : int {
  success = 0,   ///< Everything was done; an unknown verdict is success.
  findings = 1,  ///< A check found something: a failed test, a broken rule.
  bad_input = 2  ///< Something given could not be read or asked.
};

/// The words behind a verb, sorted into options and the rest.
class Arguments {
 public:
  /// An option that the verb knows.
  struct Option {
    std::string_view name;    ///< With its dashes: `--pack`.
    bool takes_value = true;  ///< False for a switch.
    bool repeats = false;     ///< True when it may come several times.
  };

  /// Reads the words; reports an option that is unknown, lacks its value or comes twice.
  /// \return Nothing when something is wrong; it was then said on standard error.
  static std::optional<Arguments> read(std::span<char const* const> words, std::initializer_list<Option> options);

  [[nodiscard]] std::vector<std::string> const& rest() const { return rest_; }
  [[nodiscard]] bool has(std::string_view option) const;
  [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
  /// All values of an option that repeats, in their order.
  [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
  /// A day; reports one that is not a date.
  [[nodiscard]] bool date(std::string_view option, std::optional<Date>& into) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> options_;
  std::vector<std::string> rest_;
};

/// Says on standard error what is wrong, and how the verb is used. \return `bad_input`.
int refuse(std::string_view what, std::string_view usage);

/// Why the system refused the last call, in its words.
std::string system_reason();

/// A number with its noun: `1 table`, `2 tables`.
std::string counted(std::size_t count, std::string_view noun);

/// Prints diagnostics on standard error.
void print(std::vector<Diagnostic> const& diagnostics);

/// `tutela decide --cases`: a file of any size. \param arguments Those of `decide`.
int decide_many(Arguments const& arguments, std::string_view usage);

/// One verb of the program.
struct Verb {
  std::string_view name;
  std::string_view summary;  ///< One line for the list of verbs.
  std::string_view usage;
  int (*run)(std::span<char const* const> words, std::string_view usage);
};

/// The table of verbs; each has a file of its own name.
[[nodiscard]] std::span<Verb const> verbs();

int run_agenda(std::span<char const* const> words, std::string_view usage);
int run_ask(std::span<char const* const> words, std::string_view usage);
int run_assess(std::span<char const* const> words, std::string_view usage);
int run_check(std::span<char const* const> words, std::string_view usage);
int run_decide(std::span<char const* const> words, std::string_view usage);
int run_disclose(std::span<char const* const> words, std::string_view usage);
int run_explain(std::span<char const* const> words, std::string_view usage);
int run_network(std::span<char const* const> words, std::string_view usage);
int run_save(std::span<char const* const> words, std::string_view usage);
int run_score(std::span<char const* const> words, std::string_view usage);
int run_test(std::span<char const* const> words, std::string_view usage);
int run_timeline(std::span<char const* const> words, std::string_view usage);
int run_validate(std::span<char const* const> words, std::string_view usage);

}  // namespace tutela::cli
