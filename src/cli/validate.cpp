// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela validate`: how well a score holds on a table of people whose outcome is known.
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tutela/feel/expression.hpp>
#include <tutela/io/table.hpp>
#include <tutela/io/validation.hpp>
#include <tutela/risk/validation.hpp>

#include "cli/verbs.hpp"

namespace tutela::cli {

namespace {

constexpr std::size_t most_bytes = std::size_t{2} << 30U;

std::optional<double> to_number(std::string const& text)
{
  double value = 0;
  auto const* const end = text.data() + text.size();
  auto const read = std::from_chars(text.data(), end, value);
  return read.ec == std::errc{} && read.ptr == end ? std::optional(value) : std::nullopt;
}

std::optional<bool> to_flag(std::string const& text)
{
  for (auto const* yes : {"1", "true", "True", "TRUE", "yes"})
    if (text == yes) return true;
  for (auto const* no : {"0", "false", "False", "FALSE", "no"})
    if (text == no) return false;
  return std::nullopt;
}

std::vector<std::string> split_commas(std::string const& text)
{
  std::vector<std::string> parts(1);
  for (char const sign : text) {
    if (sign == ',')
      parts.emplace_back();
    else
      parts.back() += sign;
  }
  return parts;
}

/// Words of a column as numbers of their first appearance.
struct Codes {
  std::vector<std::string> labels;
  std::vector<std::uint32_t> codes;
};

/// The table, the rows that stay, and everything that is wrong with what was asked of it.
class People {
 public:
  People(TextTable table, std::string file)
      : table_(std::move(table)), file_(std::move(file)), kept_(table_.rows(), true)
  {
  }

  /// Leaves out the rows for which a FEEL expression over the columns is not true.
  void keep(std::string const& text)
  {
    Names names;
    for (auto const& name : table_.names) names.add(name);
    auto const expression = parse_expression(text, names);
    if (!expression) {
      auto found = expression.diagnostics();
      for (auto& one : found) one.place.file = "--keep";
      found_.append(std::move(found));
      return;
    }
    std::vector<Value> slots(table_.names.size());
    std::size_t unknown = 0;
    std::size_t left_out = 0;
    for (std::size_t row = 0; row < kept_.size(); ++row) {
      if (!kept_[row]) continue;
      for (auto const slot : expression->reads()) slots[slot] = cell(slot, row);
      Evaluation evaluation;
      auto const value = expression->evaluate(slots, evaluation);
      auto const* flag = value.as_boolean();
      if (value.state() == State::error || (value.state() == State::known && flag == nullptr)) {
        error(row, Code::wrong_type, "the condition \"" + text + "\" is neither true nor false here");
        return;
      }
      if (flag != nullptr && *flag) continue;
      unknown += flag == nullptr ? 1 : 0;
      ++left_out;
      kept_[row] = false;
    }
    left_out_.push_back(
        {"not " + text + (unknown > 0 ? " (of " + std::to_string(unknown) + " it is not known)" : ""), left_out});
  }

  /// Leaves out the rows without a value in a column that is needed.
  void require(std::string const& name, std::string const& what)
  {
    auto const* column = find(name);
    if (column == nullptr) return;
    std::size_t left_out = 0;
    for (std::size_t row = 0; row < kept_.size(); ++row)
      if (kept_[row] && (*column)[row].empty()) {
        kept_[row] = false;
        ++left_out;
      }
    if (left_out > 0) left_out_.push_back({"no " + what, left_out});
  }

  std::vector<double> numbers(std::string const& name)
  {
    return taken<double>(name, "is no number", [](std::string const& text) { return to_number(text); });
  }

  std::vector<std::uint8_t> flags(std::string const& name)
  {
    return taken<std::uint8_t>(name, "is none of 1, 0, true, false, yes, no", [](std::string const& text) {
      auto const flag = to_flag(text);
      return flag ? std::optional<std::uint8_t>(*flag ? 1 : 0) : std::nullopt;
    });
  }

  std::vector<std::uint32_t> whole(std::string const& name)
  {
    return taken<std::uint32_t>(name, "is no whole number from 0 on", [](std::string const& text) {
      std::uint32_t value = 0;
      auto const* const end = text.data() + text.size();
      auto const read = std::from_chars(text.data(), end, value);
      return read.ec == std::errc{} && read.ptr == end ? std::optional(value) : std::nullopt;
    });
  }

  Codes words(std::string const& name)
  {
    Codes result;
    std::map<std::string, std::uint32_t> numbers;
    result.codes = taken<std::uint32_t>(name, "", [&](std::string const& text) {
      auto const label = text.empty() ? std::string("not said") : text;
      auto const [place, is_new] = numbers.emplace(label, static_cast<std::uint32_t>(numbers.size()));
      if (is_new) result.labels.push_back(label);
      return std::optional(place->second);
    });
    return result;
  }

  std::vector<std::uint8_t> presence(std::string const& name)
  {
    return taken<std::uint8_t>(
        name, "", [](std::string const& text) { return std::optional<std::uint8_t>(text.empty() ? 0 : 1); });
  }

  [[nodiscard]] std::vector<DropOff> const& left_out() const { return left_out_; }
  [[nodiscard]] Diagnostics& found() { return found_; }

 private:
  void error(std::size_t row, Code code, std::string what)
  {
    found_.error(code, Place{file_, 0, 0, "/" + std::to_string(row + 1)}, std::move(what));
  }

  std::vector<std::string> const* find(std::string const& name)
  {
    auto const* column = table_.find(name);
    if (column == nullptr)
      found_.error(Code::unknown_reference, Place{file_, 1, 0, {}}, "there is no column \"" + name + "\"");
    return column;
  }

  [[nodiscard]] Value cell(std::size_t column, std::size_t row) const
  {
    auto const& text = table_.columns[column][row];
    if (text.empty()) return Value::unknown(table_.names[column]);
    if (auto const number = Decimal::parse(text)) return Value(*number);
    return Value(text);
  }

  template <class T, class Convert>
  std::vector<T> taken(std::string const& name, char const* wrong, Convert const& convert)
  {
    std::vector<T> result;
    auto const* column = find(name);
    for (std::size_t row = 0; column != nullptr && row < kept_.size(); ++row) {
      if (!kept_[row]) continue;
      auto const value = convert((*column)[row]);
      if (!value) error(row, Code::wrong_type, "the cell of column \"" + name + "\" in this row " + wrong);
      result.push_back(value.value_or(T{}));
    }
    return result;
  }

  TextTable table_;
  std::string file_;
  std::vector<bool> kept_;
  std::vector<DropOff> left_out_;
  Diagnostics found_;
};

/// What the sample points into.
struct Columns {
  std::vector<double> scores, other, times, earlier;
  std::vector<std::uint8_t> outcomes, events;
  std::vector<std::uint32_t> periods, first, second, clusters, strata;
  std::vector<Codes> groups;
  std::vector<std::vector<std::uint8_t>> items;
};

void read_columns(Arguments const& arguments, People& people, Columns& columns, ValidationSample& sample)
{
  people.require(*arguments.value("--score"), "score");
  people.require(*arguments.value("--outcome"), "known outcome");
  auto const read = [&](char const* option, auto& into, auto way) {
    if (auto const name = arguments.value(option)) into = (people.*way)(*name);
  };
  read("--score", columns.scores, &People::numbers);
  read("--outcome", columns.outcomes, &People::flags);
  read("--other", columns.other, &People::numbers);
  read("--time", columns.times, &People::numbers);
  read("--event", columns.events, &People::flags);
  read("--period", columns.periods, &People::whole);
  read("--cluster", columns.clusters, &People::whole);
  if (auto const name = arguments.value("--stratum")) columns.strata = people.words(*name).codes;
  auto const names = arguments.values("--group");
  for (auto const& name : names) columns.groups.push_back(people.words(name));
  for (std::size_t k = 0; k < names.size(); ++k)
    sample.groupings.push_back({names[k], columns.groups[k].labels, columns.groups[k].codes});
  auto const items = arguments.values("--item");
  for (auto const& name : items) columns.items.push_back(people.presence(name));
  for (std::size_t k = 0; k < items.size(); ++k) sample.items.push_back({items[k], columns.items[k]});
  if (auto const raters = arguments.values("--rater"); raters.size() == 2) {
    columns.first = people.whole(raters[0]);
    columns.second = people.whole(raters[1]);
  }
  sample.scores = columns.scores;
  sample.outcomes = columns.outcomes;
  sample.other_scores = columns.other;
  sample.times = columns.times;
  sample.events = columns.events;
  sample.periods = columns.periods;
  sample.clusters = columns.clusters;
  sample.strata = columns.strata;
  sample.first_rating = columns.first;
  sample.second_rating = columns.second;
  sample.left_out = people.left_out();
}

template <class T>
bool read_count(Arguments const& arguments, char const* option, T& into)
{
  auto const text = arguments.value(option);
  if (!text) return true;
  auto const* const end = text->data() + text->size();
  auto const read = std::from_chars(text->data(), end, into);
  return read.ec == std::errc{} && read.ptr == end;
}

/// What is wrong with the options, or nothing.
std::string read_options(Arguments const& arguments, ValidationOptions& options)
{
  options.probabilities = arguments.has("--probabilities");
  options.intersections = !arguments.has("--no-intersections");
  options.subject = arguments.value("--subject").value_or("");
  options.outcome = arguments.value("--about").value_or("");
  if (auto const text = arguments.value("--threshold")) {
    options.threshold = to_number(*text);
    if (!options.threshold) return "--threshold is a number";
  }
  if (auto const text = arguments.value("--cuts"))
    for (auto const& part : split_commas(*text)) {
      auto const cut = to_number(part);
      if (!cut) return "--cuts are numbers with commas between them";
      options.cuts.push_back(*cut);
    }
  if (auto const text = arguments.value("--bands")) options.bands = split_commas(*text);
  if (!read_count(arguments, "--minimum-cell", options.minimum_cell)) return "--minimum-cell is a whole number";
  if (!read_count(arguments, "--draws", options.draws) || options.draws > 1'000'000)
    return "--draws is a whole number up to 1000000";
  if (!read_count(arguments, "--seed", options.seed)) return "--seed is a whole number";
  if (auto const raters = arguments.values("--rater"); !raters.empty() && raters.size() != 2)
    return "--rater comes twice: one column for each rater";
  return {};
}

bool write_file(std::filesystem::path const& path, std::string const& text)
{
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file)
    print({Diagnostic{Code::unreadable, Severity::error, Place{path.string(), 0, 0, {}}, "the file cannot be written",
                      "check the folder and its rights"}});
  return static_cast<bool>(file);
}

bool write_report(ValidationReport const& report, std::filesystem::path const& folder, Language language)
{
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  return write_file(folder / "validation.html", validation_page(report, language)) &&
         write_file(folder / "validation.md", validation_markdown(report, language)) &&
         write_file(folder / "validation.json", to_json(report));
}

void print_summary(ValidationReport const& report, std::string const& folder)
{
  std::printf("people   %zu, %zu with the outcome\n", report.base.of, report.base.count);
  std::printf("area     %.4f (%.4f to %.4f)\n", report.area.area.value, report.area.area.low, report.area.area.high);
  for (auto const& one : report.findings)
    std::printf("%-8s %s\n", std::string(to_string(one.severity)).c_str(), to_text(one).c_str());
  std::printf("report   %s\n", (std::filesystem::path(folder) / "validation.html").string().c_str());
}

}  // namespace

int run_validate(std::span<char const* const> words, std::string_view usage)
{
  auto const arguments = Arguments::read(words, {{"--score"},
                                                 {"--outcome"},
                                                 {"--group", true, true},
                                                 {"--keep", true, true},
                                                 {"--probabilities", false},
                                                 {"--threshold"},
                                                 {"--cuts"},
                                                 {"--bands"},
                                                 {"--other"},
                                                 {"--time"},
                                                 {"--event"},
                                                 {"--period"},
                                                 {"--item", true, true},
                                                 {"--cluster"},
                                                 {"--stratum"},
                                                 {"--earlier"},
                                                 {"--rater", true, true},
                                                 {"--minimum-cell"},
                                                 {"--draws"},
                                                 {"--seed"},
                                                 {"--subject"},
                                                 {"--about"},
                                                 {"--no-intersections", false},
                                                 {"--lang"},
                                                 {"--out"},
                                                 {"--json", false}});
  if (!arguments) return refuse("", usage);
  if (arguments->rest().size() != 1) return refuse("one table is needed", usage);
  if (!arguments->has("--score") || !arguments->has("--outcome"))
    return refuse("--score and --outcome name the columns to compare", usage);
  auto const folder = arguments->value("--out");
  if (!folder && !arguments->has("--json")) return refuse("no folder given to write to", usage);
  auto const language = parse_language(arguments->value("--lang").value_or("en"));
  if (!language) return refuse("--lang is one of en, ro, uk, ru", usage);
  ValidationOptions options;
  if (auto const wrong = read_options(*arguments, options); !wrong.empty()) return refuse(wrong, usage);

  Limits limits;
  limits.document_bytes = most_bytes;
  limits.elements = 20'000'000;
  auto const& path = arguments->rest().front();
  auto table = load_table(path, limits);
  print(table.diagnostics());
  if (!table) return bad_input;
  People people(std::move(table).value(), path);
  for (auto const& condition : arguments->values("--keep")) people.keep(condition);
  Columns columns;
  ValidationSample sample;
  read_columns(*arguments, people, columns, sample);
  auto found = std::move(people.found());
  if (auto const earlier = arguments->value("--earlier")) {
    auto before = load_table(*earlier, limits);
    found.append(before.diagnostics());
    if (before) {
      People others(std::move(before).value(), *earlier);
      columns.earlier = others.numbers(*arguments->value("--score"));
      sample.earlier_scores = columns.earlier;
      found.append(std::move(others.found()).take());
    }
  }
  print(found.list());
  if (found.has_errors()) return bad_input;

  auto const report = validate(sample, options);
  print(report.diagnostics());
  if (!report) return bad_input;
  if (folder && !write_report(*report, *folder, *language)) return bad_input;
  if (arguments->has("--json"))
    std::fputs(to_json(*report).c_str(), stdout);
  else
    print_summary(*report, *folder);
  for (auto const& one : report->findings)
    if (one.severity != Severity::note) return findings;
  return success;
}

}  // namespace tutela::cli
