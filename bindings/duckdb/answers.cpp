// SPDX-License-Identifier: Apache-2.0
/// \file
/// Answers written into DuckDB's vectors.
#include "duckdb/answers.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>

#include <tutela/base/result.hpp>
#include <tutela/io/explanation.hpp>
#include <tutela/rules/proof.hpp>

#include "columns/bits.hpp"

namespace tutela::duckdb {
namespace {

/// By the number of each outcome, which is its number in the enumeration too.
constexpr std::array outcomes{Outcome::known,   Outcome::unknown,         Outcome::undeterminable,
                              Outcome::refused, Outcome::no_law_in_force, Outcome::rule_not_available,
                              Outcome::error};

/// Bits of rows from the first one of a part on.
using Words = std::vector<std::uint64_t>;

/// Which rows of a vector are null.
class Nulls {
 public:
  explicit Nulls(duckdb_vector vector)
  {
    host().duckdb_vector_ensure_validity_writable(vector);
    validity_ = host().duckdb_vector_get_validity(vector);
  }
  void set(std::size_t row) { validity_[row / 64] &= ~(std::uint64_t{1} << row % 64); }

 private:
  std::uint64_t* validity_;
};

void put_text(duckdb_vector vector, std::size_t row, std::string_view text)
{
  host().duckdb_vector_assign_string_element_len(vector, row, text.data(), text.size());
}

/// The answer as SQL casts it: true, 12.50, 2026-03-02; a text as it is.
std::string written(Value const& value)
{
  auto const* text = value.as_string();
  if (text != nullptr) return *text;
  auto const* date = value.as_date();
  return date != nullptr ? to_string(*date) : to_string(value);
}

/// The answers of a part as Arrow hands them out.
class Exported {
 public:
  explicit Exported(BatchAnswers const& answers) { answers.export_array(array_); }
  Exported(Exported const&) = delete;
  Exported& operator=(Exported const&) = delete;
  ~Exported() { array_.release(&array_); }

  /// \param buffer 0: which rows are known, nothing where all are; 1: the answers.
  [[nodiscard]] std::uint8_t const* bits(std::size_t decision, std::size_t buffer) const
  {
    return static_cast<std::uint8_t const*>(array_.children[decision]->buffers[buffer]);
  }

 private:
  ArrowArray array_{};
};

void require_booleans(Compiled const& compiled)
{
  std::vector<Diagnostic> wrong;
  for (std::size_t i = 0; i < compiled.boolean.size(); ++i)
    if (!compiled.boolean[i])
      wrong.push_back({Code::wrong_type,
                       Severity::error,
                       {},
                       "the answers of '" + compiled.program.decisions()[i].decision + "' are no Booleans",
                       "ask tutela_decide for its outcome and value"});
  if (!wrong.empty()) throw Error(std::move(wrong));
}

/// The bits of eight decisions for eight rows (a byte for each decision) as bits of eight rows (a byte for each row).
std::uint64_t transposed(std::uint64_t bits)
{
  auto const swap = [&bits](unsigned distance, std::uint64_t mask) {
    auto const differ = (bits ^ bits >> distance) & mask;
    bits ^= differ ^ differ << distance;
  };
  swap(7, 0x00AA'00AA'00AA'00AAU);
  swap(14, 0x0000'CCCC'0000'CCCCU);
  swap(28, 0x0000'0000'F0F0'F0F0U);
  return bits;
}

/// Writes lists of Booleans of equal length: their values as bytes, their nulls as bits, one list after the other.
class BooleanLists {
 public:
  BooleanLists(duckdb_vector output, std::size_t rows, std::size_t width)
      : width_(width), begin_(host().duckdb_list_vector_get_size(output))
  {
    auto const end = begin_ + rows * width;
    if (host().duckdb_list_vector_reserve(output, end) != DuckDBSuccess ||
        host().duckdb_list_vector_set_size(output, end) != DuckDBSuccess)
      throw std::bad_alloc();
    auto const child = host().duckdb_list_vector_get_child(output);
    host().duckdb_vector_ensure_validity_writable(child);
    values_ = static_cast<char*>(host().duckdb_vector_get_data(child));
    validity_ = host().duckdb_vector_get_validity(child);
  }

  [[nodiscard]] ListCell cell(std::size_t row) const { return {begin_ + row * width_, width_}; }

  /// Writes up to eight answers of a row. \param known, held A bit each.
  void put(std::size_t row, std::size_t first, std::uint64_t known, std::uint64_t held)
  {
    auto const place = begin_ + row * width_ + first;
    auto const count = std::min<std::size_t>(8, width_ - first);
    auto const bytes = detail::bytes_of(held & known);
    if (count == 8 && place % 8 == 0) {  // mostly: whole bytes
      std::memcpy(values_ + place, &bytes, sizeof bytes);
      reinterpret_cast<unsigned char*>(validity_)[place / 8] = static_cast<unsigned char>(known);
      return;
    }
    std::memcpy(values_ + place, &bytes, count);
    auto const unknown = ~known & detail::low_bits(count);
    validity_[place / 64] &= ~(unknown << place % 64);
    if (place % 64 + count > 64) validity_[place / 64 + 1] &= ~(unknown >> (64 - place % 64));
  }

 private:
  std::size_t width_;
  std::size_t begin_;
  char* values_ = nullptr;
  std::uint64_t* validity_ = nullptr;
};

}  // namespace

LogicalType verdict_type()
{
  std::vector<std::string> names;
  std::vector<char const*> pointers;
  for (auto const outcome : outcomes) names.emplace_back(to_string(outcome));
  for (auto const& name : names) pointers.push_back(name.c_str());
  LogicalType const outcome(host().duckdb_create_enum_type(pointers.data(), pointers.size()));
  LogicalType const value(DUCKDB_TYPE_VARCHAR);
  duckdb_logical_type types[] = {outcome.get(), value.get()};
  char const* fields[] = {"outcome", "value"};
  return LogicalType(host().duckdb_create_struct_type(types, fields, 2));
}

void write_verdicts(Part const& part)
{
  auto const answers = part.compiled.decide(part.rows, part.first, part.count);
  auto* const codes =
      static_cast<std::uint8_t*>(host().duckdb_vector_get_data(host().duckdb_struct_vector_get_child(part.output, 0)));
  auto const values = host().duckdb_struct_vector_get_child(part.output, 1);
  Nulls nulls(values);
  // Rows with the same answer share one value: each is written as text once.
  std::unordered_map<Value const*, std::string> texts;
  for (std::size_t i = 0; i < part.count; ++i) {
    auto const row = part.first + i;
    auto const outcome = answers.outcome(0, i);
    codes[row] = static_cast<std::uint8_t>(outcome);
    auto const& value = answers.value(0, i);
    if (outcome != Outcome::known || value.is_none()) {
      nulls.set(row);
      continue;
    }
    auto const [found, fresh] = texts.try_emplace(&value);
    if (fresh) found->second = written(value);
    put_text(values, row, found->second);
  }
}

void write_booleans(Part const& part)
{
  require_booleans(part.compiled);
  Exported const answers(part.compiled.decide(part.rows, part.first, part.count));
  auto* const values = static_cast<std::uint8_t*>(host().duckdb_vector_get_data(part.output));
  Nulls nulls(part.output);
  auto const* known = answers.bits(0, 0);
  auto const* held = answers.bits(0, 1);
  for (std::size_t i = 0; i < part.count; ++i) {
    values[part.first + i] = held[i / 8] >> i % 8 & 1U;
    if (known != nullptr && (known[i / 8] >> i % 8 & 1U) == 0) nulls.set(part.first + i);
  }
}

void write_boolean_lists(Part const& part)
{
  require_booleans(part.compiled);
  Exported const answers(part.compiled.decide(part.rows, part.first, part.count));
  auto const width = part.compiled.boolean.size();
  BooleanLists lists(part.output, part.count, width);
  auto* const cells = static_cast<ListCell*>(host().duckdb_vector_get_data(part.output));
  for (std::size_t i = 0; i < part.count; ++i) cells[part.first + i] = lists.cell(i);
  for (std::size_t first = 0; first < part.count; first += 8) {
    for (std::size_t decision = 0; decision < width; decision += 8) {
      std::uint64_t known = ~std::uint64_t{0};
      std::uint64_t held = 0;
      for (std::size_t k = 0; k < std::min<std::size_t>(8, width - decision); ++k) {
        held |= std::uint64_t{answers.bits(decision + k, 1)[first / 8]} << 8 * k;
        if (auto const* bits = answers.bits(decision + k, 0))
          known &= ~(std::uint64_t{static_cast<std::uint8_t>(~bits[first / 8])} << 8 * k);
      }
      known = transposed(known);
      held = transposed(held);
      for (std::size_t row = 0; row < std::min<std::size_t>(8, part.count - first); ++row)
        lists.put(first + row, decision, known >> 8 * row & 0xFFU, held >> 8 * row & 0xFFU);
    }
  }
}

void write_missing(Part const& part)
{
  auto const answers = part.compiled.decide(part.rows, part.first, part.count);
  auto* const cells = static_cast<ListCell*>(host().duckdb_vector_get_data(part.output));
  std::size_t end = host().duckdb_list_vector_get_size(part.output);
  std::vector<std::string_view> names;
  auto const begin = end;
  for (std::size_t i = 0; i < part.count; ++i) {
    auto const& missing = answers.missing(0, i);
    names.insert(names.end(), missing.begin(), missing.end());
    cells[part.first + i] = {end, missing.size()};
    end += missing.size();
  }
  if (host().duckdb_list_vector_reserve(part.output, end) != DuckDBSuccess ||
      host().duckdb_list_vector_set_size(part.output, end) != DuckDBSuccess)
    throw std::bad_alloc();
  auto const child = host().duckdb_list_vector_get_child(part.output);
  for (std::size_t i = 0; i < names.size(); ++i) put_text(child, begin + i, names[i]);
}

void write_explanations(Part const& part)
{
  auto const& program = part.compiled.program;
  auto const& decision = program.decisions().front().decision;
  ExplanationOptions options;
  options.language = part.language;
  for (std::size_t row = part.first; row < part.first + part.count; ++row) {
    auto const facts = program.facts(part.rows.array(), row).value();
    auto const proof = program.pack().prove(decision, facts, program.on(), program.decide_options());
    put_text(part.output, row, explain(proof, options));
  }
}

}  // namespace tutela::duckdb
