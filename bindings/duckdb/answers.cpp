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
#include "columns/boolean_answers.hpp"

namespace tutela::duckdb {
namespace {

/// By the number of each outcome, which is its number in the enumeration too.
constexpr std::array outcomes{Outcome::known,   Outcome::unknown,         Outcome::undeterminable,
                              Outcome::refused, Outcome::no_law_in_force, Outcome::rule_not_available,
                              Outcome::error};

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

/// The answers of a part as bits of its rows, sixty-four in a word.
class BooleanBits {
 public:
  explicit BooleanBits(Part const& part) : words_(detail::words_for(part.count)), bits_(2 * part.width() * words_)
  {
    auto const answers = part.compiled.decide(part.rows, part.first, part.count);
    for (std::size_t i = 0; i < part.width(); ++i)
      detail::boolean_answers(answers.content(), i, of(i, known), of(i, held));
  }

  enum Which : std::size_t { known, held };

  /// The words of one decision. A decision has a true answer only where it has a known one.
  [[nodiscard]] detail::RowWord const* of(std::size_t decision, Which which) const
  {
    return bits_.data() + (2 * decision + which) * words_;
  }

 private:
  [[nodiscard]] detail::RowWord* of(std::size_t decision, Which which)
  {
    return bits_.data() + (2 * decision + which) * words_;
  }

  std::size_t words_;
  std::vector<detail::RowWord> bits_;
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

/// Each byte as eight bytes of 0 or 1, its lowest bit first.
constexpr auto spread = [] {
  std::array<std::uint64_t, 256> made{};
  for (std::size_t byte = 0; byte < made.size(); ++byte) made[byte] = detail::bytes_of(byte);
  return made;
}();

using Square = std::array<std::uint64_t, 64>;

/// Swaps the upper half of the bits of one word with the lower half of the word behind it, in stretches of `distance`.
template <std::size_t distance>
void swap_stretches(Square& words)
{
  constexpr auto lower = ~std::uint64_t{0} / ((std::uint64_t{1} << distance) + 1);
  for (std::size_t begin = 0; begin < words.size(); begin += 2 * distance) {
    for (std::size_t i = begin; i < begin + distance; ++i) {
      auto const differ = (words[i] >> distance ^ words[i + distance]) & lower;
      words[i] ^= differ << distance;
      words[i + distance] ^= differ;
    }
  }
}

/// Bits of 64 decisions for 64 rows (a word for each decision) as a word for each row.
void transpose(Square& words)
{
  swap_stretches<32>(words);
  swap_stretches<16>(words);
  swap_stretches<8>(words);
  swap_stretches<4>(words);
  swap_stretches<2>(words);
  swap_stretches<1>(words);
}

/// Bits written one after the other, from a place on.
class BitWriter {
 public:
  BitWriter(std::uint64_t* bits, std::size_t begin)
      : word_(bits + begin / 64), filled_(begin % 64), pending_(*word_ & detail::low_bits(filled_))
  {
  }
  BitWriter(BitWriter const&) = delete;
  BitWriter& operator=(BitWriter const&) = delete;
  ~BitWriter()
  {
    if (filled_ != 0) *word_ = pending_ | (*word_ & ~detail::low_bits(filled_));
  }

  /// \param bits Nothing above the lowest `count`. \param count 1 to 64.
  void put(std::uint64_t bits, std::size_t count)
  {
    pending_ |= bits << filled_;
    filled_ += count;
    if (filled_ < 64) return;
    *word_++ = pending_;
    filled_ -= 64;
    pending_ = filled_ == 0 ? 0 : bits >> (count - filled_);
  }

 private:
  std::uint64_t* word_;
  std::size_t filled_;
  std::uint64_t pending_;
};

/// Writes lists of Booleans of equal length, one after the other: their values as bytes, their nulls as bits.
class BooleanLists {
 public:
  BooleanLists(Part const& part, BooleanBits const& answers)
      : answers_(answers),
        width_(part.width()),
        rows_(part.count),
        begin_(host().duckdb_list_vector_get_size(part.output)),
        known_((width_ + 63) / 64),
        held_(known_.size())
  {
    auto const end = begin_ + rows_ * width_;
    if (host().duckdb_list_vector_reserve(part.output, end) != DuckDBSuccess ||
        host().duckdb_list_vector_set_size(part.output, end) != DuckDBSuccess)
      throw std::bad_alloc();
    auto const child = host().duckdb_list_vector_get_child(part.output);
    host().duckdb_vector_ensure_validity_writable(child);
    values_ = static_cast<char*>(host().duckdb_vector_get_data(child)) + begin_;
    validity_ = host().duckdb_vector_get_validity(child);
    auto* const cells = static_cast<ListCell*>(host().duckdb_vector_get_data(part.output)) + part.first;
    for (std::size_t row = 0; row < rows_; ++row) cells[row] = {begin_ + row * width_, width_};
  }

  void write()
  {
    BitWriter validity(validity_, begin_);
    for (std::size_t word = 0; word * 64 < rows_; ++word) {
      read(word);
      for (std::size_t i = 0; i < std::min<std::size_t>(64, rows_ - word * 64); ++i) {
        auto const row = word * 64 + i;
        for (std::size_t block = 0; block < known_.size(); ++block) {
          write_values(row, block, held_[block][i]);
          validity.put(known_[block][i], in_block(block));
        }
      }
    }
  }

 private:
  /// Decisions of a block.
  [[nodiscard]] std::size_t in_block(std::size_t block) const { return std::min<std::size_t>(64, width_ - block * 64); }

  /// Turns the answers of 64 rows: a word for each row.
  void read(std::size_t word)
  {
    for (std::size_t block = 0; block < known_.size(); ++block) {
      auto& known = known_[block];
      auto& held = held_[block];
      for (std::size_t i = 0; i < 64; ++i) {
        bool const any = i < in_block(block);
        known[i] = any ? answers_.of(block * 64 + i, BooleanBits::known)[word] : 0;
        held[i] = any ? answers_.of(block * 64 + i, BooleanBits::held)[word] : 0;
      }
      transpose(known);
      transpose(held);
    }
  }

  /// Writes eight answers at a time. What that writes too many is written over by the next row.
  void write_values(std::size_t row, std::size_t block, std::uint64_t held)
  {
    auto* out = values_ + row * width_ + block * 64;
    auto const count = in_block(block);
    auto const whole = (row + 1 < rows_ && width_ >= 8) ? (count + 7) / 8 : count / 8;
    for (std::size_t i = 0; i < whole; ++i, held >>= 8U, out += 8) std::memcpy(out, &spread[held & 0xFFU], 8);
    if (whole * 8 < count) std::memcpy(out, &spread[held & 0xFFU], count % 8);
  }

  BooleanBits const& answers_;
  std::size_t width_;
  std::size_t rows_;
  std::size_t begin_;
  std::vector<Square> known_;  ///< A block for each 64 decisions.
  std::vector<Square> held_;
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
  BooleanBits const answers(part);
  auto* const values = static_cast<char*>(host().duckdb_vector_get_data(part.output)) + part.first;
  host().duckdb_vector_ensure_validity_writable(part.output);
  BitWriter validity(host().duckdb_vector_get_validity(part.output), part.first);
  for (std::size_t first = 0; first < part.count; first += 8) {
    auto const count = std::min<std::size_t>(8, part.count - first);
    auto const held = answers.of(0, BooleanBits::held)[first / 64] >> first % 64 & 0xFFU;
    auto const known = answers.of(0, BooleanBits::known)[first / 64] >> first % 64 & 0xFFU;
    std::memcpy(values + first, &spread[held], count);
    validity.put(known, count);
  }
}

void write_boolean_lists(Part const& part)
{
  require_booleans(part.compiled);
  BooleanBits const answers(part);
  BooleanLists(part, answers).write();
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
