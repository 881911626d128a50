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

/// Makes room for the elements of lists. \return The vector of all elements.
duckdb_vector grown_list(duckdb_vector lists, std::size_t elements)
{
  if (host().duckdb_list_vector_reserve(lists, elements) != DuckDBSuccess ||
      host().duckdb_list_vector_set_size(lists, elements) != DuckDBSuccess)
    throw std::bad_alloc();
  return host().duckdb_list_vector_get_child(lists);
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
  BitWriter(BitWriter const&) = delete;  // it writes its last word at its end
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

/// The answers of 64 rows to many decisions: a square for each 64 decisions, with a word for each row.
class Squares {
 public:
  explicit Squares(std::size_t width) : width_(width), squares_((width + 63) / 64) {}

  void read(BooleanBits const& answers, BooleanBits::Which which, std::size_t word)
  {
    for (std::size_t i = 0; i < squares_.size(); ++i) {
      auto const count = std::min<std::size_t>(64, width_ - i * 64);
      auto& square = squares_[i];
      for (std::size_t k = 0; k < count; ++k) square[k] = answers.of(i * 64 + k, which)[word];
      std::fill(square.begin() + static_cast<std::ptrdiff_t>(count), square.end(), 0);
      transpose(square);
    }
  }

  [[nodiscard]] std::vector<Square> const& all() const { return squares_; }

 private:
  std::size_t width_;
  std::vector<Square> squares_;
};

/// Writes bits as bytes of 0 and 1, eight at a time. \param count At most 64. \param more Up to seven bytes behind the last
/// one may be written over. \return The byte behind the last one.
char* spread_bits(std::uint64_t bits, std::size_t count, bool more, char* out)
{
  auto* const end = out + count;
  for (; end - out >= 8; out += 8, bits >>= 8U) std::memcpy(out, &spread[bits & 0xFFU], 8);
  if (out != end) std::memcpy(out, &spread[bits & 0xFFU], more ? 8 : static_cast<std::size_t>(end - out));
  return end;
}

/// Writes the values and the nulls of lists of equal length, one list after the other.
void write_lists(BooleanBits const& answers, std::size_t rows, std::size_t width, char* values, BitWriter validity)
{
  Squares known(width);
  Squares held(width);
  for (std::size_t first = 0; first < rows; first += 64) {
    known.read(answers, BooleanBits::known, first / 64);
    held.read(answers, BooleanBits::held, first / 64);
    auto const end = std::min<std::size_t>(64, rows - first);
    auto const squares = known.all().size();
    auto const* const knowns = known.all().data();
    auto const* const helds = held.all().data();
    for (std::size_t i = 0; i < end; ++i) {
      // What is written too many belongs to the next row, which is written next.
      bool const more = width >= 8 && first + i + 1 < rows;
      for (std::size_t square = 0, left = width; square < squares; ++square, left -= 64) {
        auto const count = std::min<std::size_t>(64, left);
        values = spread_bits(helds[square][i], count, more, values);
        validity.put(knowns[square][i], count);
      }
    }
  }
}

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
  // Rows with the same ending share one value, unless each has one of its own: it is written as text once.
  std::unordered_map<std::uint32_t, std::string> texts;
  auto const& decided = answers.content().decisions[0];
  for (std::size_t i = 0; i < part.count; ++i) {
    auto const row = part.first + i;
    auto const outcome = answers.outcome(0, i);
    codes[row] = static_cast<std::uint8_t>(outcome);
    auto const number = decided.planes.number(i);
    auto const& ending = (*decided.endings)[number];
    if (ending.counted) {
      put_text(values, row, written(answers.value(0, i)));
      continue;
    }
    if (outcome != Outcome::known || ending.value.is_none()) {
      nulls.set(row);
      continue;
    }
    auto const [found, fresh] = texts.try_emplace(number);
    if (fresh) found->second = written(ending.value);
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
  auto const width = part.width();
  auto const begin = host().duckdb_list_vector_get_size(part.output);
  auto const child = grown_list(part.output, begin + part.count * width);
  auto* const cells = static_cast<ListCell*>(host().duckdb_vector_get_data(part.output)) + part.first;
  for (std::size_t row = 0; row < part.count; ++row) cells[row] = {begin + row * width, width};
  host().duckdb_vector_ensure_validity_writable(child);
  write_lists(answers, part.count, width, static_cast<char*>(host().duckdb_vector_get_data(child)) + begin,
              BitWriter(host().duckdb_vector_get_validity(child), begin));
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
  auto const child = grown_list(part.output, end);
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
