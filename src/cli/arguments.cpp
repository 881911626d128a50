// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading the words behind a verb.
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include "cli/verbs.hpp"

namespace tutela::cli {

std::optional<Arguments> Arguments::read(std::span<char const* const> words, std::initializer_list<Option> options)
{
  Arguments arguments;
  bool options_end = false;
  bool wrong = false;
  auto complain = [&](std::string const& what) {
    std::fprintf(stderr, "tutela: %s\n", what.c_str());
    wrong = true;
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string const word = words[i];
    if (options_end || word.size() < 2 || word.compare(0, 2, "--") != 0) {
      arguments.rest_.push_back(word);
      continue;
    }
    if (word == "--") {
      options_end = true;
      continue;
    }
    auto const equal = word.find('=');
    auto const name = word.substr(0, equal);
    auto const* known =
        std::find_if(options.begin(), options.end(), [&](Option const& option) { return option.name == name; });
    if (known == options.end()) {
      complain("there is no option " + name);
      continue;
    }
    std::string value;
    if (equal != std::string::npos) {
      value = word.substr(equal + 1);
      if (!known->takes_value) complain("the option " + name + " takes no value");
    } else if (known->takes_value) {
      if (i + 1 == words.size()) {
        complain("the option " + name + " needs a value");
        continue;
      }
      value = words[++i];
    }
    auto& values = arguments.options_[name];
    if (!values.empty() && !known->repeats) complain("the option " + name + " is there twice");
    values.push_back(value);
  }
  if (wrong) return std::nullopt;
  return arguments;
}

bool Arguments::has(std::string_view option) const { return options_.find(option) != options_.end(); }

std::optional<std::string> Arguments::value(std::string_view option) const
{
  auto const found = options_.find(option);
  if (found == options_.end()) return std::nullopt;
  return found->second.front();
}

std::vector<std::string> Arguments::values(std::string_view option) const
{
  auto const found = options_.find(option);
  return found == options_.end() ? std::vector<std::string>() : found->second;
}

bool Arguments::date(std::string_view option, std::optional<Date>& into) const
{
  auto const text = value(option);
  if (!text) return true;
  into = parse_date(*text);
  if (!into) std::fprintf(stderr, "tutela: %s is not a date; write it as 2026-03-01\n", std::string(option).c_str());
  return into.has_value();
}

int refuse(std::string_view what, std::string_view usage)
{
  if (!what.empty()) std::fprintf(stderr, "tutela: %.*s\n", static_cast<int>(what.size()), what.data());
  std::fprintf(stderr, "usage: %.*s\n", static_cast<int>(usage.size()), usage.data());
  return bad_input;
}

std::string system_reason() { return std::generic_category().message(errno); }

std::string counted(std::size_t count, std::string_view noun)
{
  return std::to_string(count) + ' ' + std::string(noun) + (count == 1 ? "" : "s");
}

void print(std::vector<Diagnostic> const& diagnostics)
{
  for (auto const& diagnostic : diagnostics) std::fprintf(stderr, "%s\n", to_string(diagnostic).c_str());
}

}  // namespace tutela::cli
