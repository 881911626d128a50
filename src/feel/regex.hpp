// SPDX-License-Identifier: Apache-2.0
/// \file
/// Regular expressions of XQuery 1.0 and XPath 2.0, section 7.6, which FEEL uses.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tutela::detail {

/// A pattern, translated for PCRE2. Matching is bounded in steps and memory: all matches of one object together may take a
/// million steps and 16 for each byte of the text.
class Pattern {
 public:
  /// Nothing when the pattern or one of the flags (`s m i x`) is not valid.
  [[nodiscard]] static std::optional<Pattern> compile(std::string_view pattern, std::string_view flags);

  /// Whether some part of the text matches; nothing when the bound of steps is reached.
  [[nodiscard]] std::optional<bool> matches(std::string_view text) const;

  /// Every match replaced; nothing when the replacement is not valid, when the pattern matches the empty text, or
  /// when a bound is reached.
  [[nodiscard]] std::optional<std::string> replaced(std::string_view text, std::string_view replacement,
                                                    std::size_t largest) const;

  /// The parts between the matches.
  [[nodiscard]] std::optional<std::vector<std::string>> split(std::string_view text) const;

  /// Steps that were taken so far: parts of the pattern that were tried at some place of the text.
  [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }

 private:
  struct Code;

  // Start and end of the groups of the next match from `from`; empty when there is none.
  struct Match {
    bool failed = false;
    std::vector<std::pair<std::size_t, std::size_t>> groups;
  };
  [[nodiscard]] Match next(std::string_view text, std::size_t from) const;

  std::shared_ptr<Code const> code_;
  mutable std::uint64_t steps_ = 0;
};

/// The pattern in the syntax of PCRE2, or nothing when XPath does not allow it.
[[nodiscard]] std::optional<std::string> translated(std::string_view pattern, bool ignore_blanks, bool dot_all);

}  // namespace tutela::detail
