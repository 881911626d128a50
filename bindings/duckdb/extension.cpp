// SPDX-License-Identifier: Apache-2.0
/// \file
/// The functions that `LOAD 'tutela.duckdb_extension'` adds to SQL.
#include <algorithm>
#include <bit>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>

#include "columns/bits.hpp"
#include "databases/kept.hpp"
#include "duckdb/answers.hpp"
#include "duckdb/host.hpp"
#include "duckdb/programs.hpp"
#include "duckdb/readers.hpp"
#include "duckdb/rows.hpp"

namespace tutela::duckdb {

tutela_duckdb_host const& host(tutela_duckdb_host const* given)
{
  static tutela_duckdb_host const kept = *given;
  return kept;
}

namespace {

/// What a function does with its answers.
struct Kind {
  char const* name;
  void (*write)(Part const&);
  bool many = false;      ///< The decisions come as a list.
  bool missing = false;   ///< The facts to ask are worked out.
  bool language = false;  ///< A fifth argument says the language.
};

/// What all functions of a database share.
struct Shared {
  Programs programs;
  Readers readers;
};

/// A registered function.
struct Function {
  Kind kind;
  std::shared_ptr<Shared> shared;
};

/// The place of each argument.
enum : idx_t { the_pack, the_decision, the_day, the_facts, the_language };

/// A flat vector of arguments.
template <class T>
class Column {
 public:
  explicit Column(duckdb_vector vector)
      : values_(static_cast<T const*>(host().duckdb_vector_get_data(vector))),
        validity_(host().duckdb_vector_get_validity(vector))
  {
  }
  Column(duckdb_data_chunk input, idx_t argument) : Column(host().duckdb_data_chunk_get_vector(input, argument)) {}

  [[nodiscard]] bool is_null(std::size_t row) const { return !is_valid(validity_, row); }

  /// True when all rows have the same bytes, or all are null: what a constant is in a flat vector.
  [[nodiscard]] bool is_constant(std::size_t count) const
  {
    std::size_t nulls = 0;
    for (std::size_t row = 0; validity_ != nullptr && row < count; row += 64) {
      auto const here = std::min<std::size_t>(64, count - row);
      nulls += here - static_cast<std::size_t>(std::popcount(validity_[row / 64] & detail::low_bits(here)));
    }
    // A vector that is the same as itself one row further on has one value only.
    return nulls == count || (nulls == 0 && std::memcmp(values_, values_ + 1, (count - 1) * sizeof(T)) == 0);
  }

  [[nodiscard]] T const& operator[](std::size_t row) const { return values_[row]; }

 private:
  T const* values_;
  std::uint64_t const* validity_;
};

[[noreturn]] void refuse(Code code, std::string what, std::string mend)
{
  throw Error({{code, Severity::error, {}, std::move(what), std::move(mend)}});
}

std::string_view text_of(Column<TextCell> const& column, std::size_t row, char const* what, char const* mend)
{
  if (column.is_null(row)) refuse(Code::missing_key, std::string(what) + " is NULL", mend);
  return column[row].text();
}

/// The arguments of a call beside the facts, row by row. Mostly all rows have the same.
class Questions {
 public:
  Questions(Kind const& kind, duckdb_data_chunk input, bool with_language)
      : kind_(kind), packs_(input, the_pack), decisions_(input, the_decision), days_(input, the_day)
  {
    if (kind.many) {
      auto const lists = host().duckdb_data_chunk_get_vector(input, the_decision);
      lists_.emplace(lists);
      words_.emplace(host().duckdb_list_vector_get_child(lists));
    }
    if (with_language) languages_.emplace(input, the_language);
  }

  [[nodiscard]] Question at(std::size_t row) const
  {
    constexpr auto which = "give the name of a decision of the pack";
    Question asked;
    asked.pack = text_of(packs_, row, "the pack", databases::which_pack);
    asked.missing = kind_.missing;
    if (!kind_.many) {
      asked.decisions.emplace_back(text_of(decisions_, row, "the decision", which));
    } else {
      if (lists_->is_null(row) || (*lists_)[row].count == 0)
        refuse(Code::missing_key, "the list of decisions is NULL or empty", which);
      auto const list = (*lists_)[row];
      for (auto i = list.first; i < list.first + list.count; ++i)
        asked.decisions.emplace_back(text_of(*words_, i, "a decision", which));
    }
    if (!days_.is_null(row)) {
      constexpr std::int32_t infinite = 2'147'483'647;
      asked.on = days_[row] == infinite || days_[row] == -infinite ? std::nullopt : from_days(days_[row]);
      if (!asked.on)
        refuse(Code::invalid_date, "the day asked about is no day of the calendar",
               "give a day such as DATE '2026-03-02'");
    }
    return asked;
  }

  [[nodiscard]] Language language(std::size_t row) const
  {
    constexpr auto which = "use 'en', 'ro', 'uk' or 'ru'";
    if (!languages_) return Language::en;
    auto const found = parse_language(text_of(*languages_, row, "the language", which));
    if (!found) refuse(Code::not_allowed, "the language is none that explanations are written in", which);
    return *found;
  }

  /// The row after those that certainly ask the same as a row.
  [[nodiscard]] std::size_t end_of_same(std::size_t first, std::size_t count) const
  {
    if (first == 0 && is_constant(count)) return count;
    auto next = first + 1;
    while (next < count && same(first, next)) ++next;
    return next;
  }

 private:
  [[nodiscard]] bool is_constant(std::size_t count) const
  {
    return packs_.is_constant(count) && days_.is_constant(count) &&
           (lists_ ? lists_->is_constant(count) : decisions_.is_constant(count)) &&
           (!languages_ || languages_->is_constant(count));
  }

  [[nodiscard]] bool same(std::size_t a, std::size_t b) const
  {
    return same_text(packs_, a, b) && days_.is_null(a) == days_.is_null(b) &&
           (days_.is_null(a) || days_[a] == days_[b]) && (kind_.many ? same_list(a, b) : same_text(decisions_, a, b)) &&
           (!languages_ || same_text(*languages_, a, b));
  }

  static bool same_text(Column<TextCell> const& column, std::size_t a, std::size_t b)
  {
    if (column.is_null(a) || column.is_null(b)) return false;
    // A constant is the same cell in every row.
    return std::memcmp(&column[a], &column[b], sizeof(TextCell)) == 0 || column[a].text() == column[b].text();
  }

  [[nodiscard]] bool same_list(std::size_t a, std::size_t b) const
  {
    if (lists_->is_null(a) || lists_->is_null(b)) return false;
    auto const first = (*lists_)[a];
    auto const second = (*lists_)[b];
    if (first.count != second.count) return false;
    for (std::size_t i = 0; first.first != second.first && i < first.count; ++i)
      if (!same_text(*words_, first.first + i, second.first + i)) return false;
    return true;
  }

  Kind const& kind_;
  Column<TextCell> packs_;
  Column<TextCell> decisions_;
  Column<std::int32_t> days_;
  std::optional<Column<ListCell>> lists_;
  std::optional<Column<TextCell>> words_;
  std::optional<Column<TextCell>> languages_;
};

/// A reader for as long as a chunk is answered.
class Borrowed {
 public:
  Borrowed(Readers& readers, duckdb_vector facts) : readers_(readers)
  {
    LogicalType const type(host().duckdb_vector_get_column_type(facts));
    reader_ = readers_.borrow(type.get());
  }
  Borrowed(Borrowed const&) = delete;
  Borrowed& operator=(Borrowed const&) = delete;
  ~Borrowed() { readers_.give_back(std::move(reader_)); }

  [[nodiscard]] Reader& operator*() const { return *reader_; }

 private:
  Readers& readers_;
  std::unique_ptr<Reader> reader_;
};

void answer(Function const& function, duckdb_data_chunk input, duckdb_vector output)
{
  auto const count = host().duckdb_data_chunk_get_size(input);
  if (count == 0) return;
  Questions const questions(function.kind, input, function.kind.language);
  auto const facts = host().duckdb_data_chunk_get_vector(input, the_facts);
  Borrowed const borrowed(function.shared->readers, facts);
  auto& [rows, asked, compiled] = *borrowed;
  rows.read(facts, count);
  for (std::size_t first = 0, next = 0; first < count; first = next) {
    next = questions.end_of_same(first, count);
    auto question = questions.at(first);
    if (compiled == nullptr || question != asked) {
      compiled = nullptr;
      compiled = function.shared->programs.find(question, rows);
      asked = std::move(question);
    }
    function.kind.write({*compiled, rows, first, next - first, questions.language(first), output});
  }
}

void run(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output)
{
  auto const& function = *static_cast<Function const*>(host().duckdb_scalar_function_get_extra_info(info));
  try {
    answer(function, input, output);
  } catch (std::exception const& why) {
    host().duckdb_scalar_function_set_error(info, (std::string(function.kind.name) + ": " + why.what()).c_str());
  }
}

/// Adds one function to a set of the same name. \param result The type of its answers.
bool add(duckdb_scalar_function_set set, Kind const& kind, LogicalType const& result,
         std::shared_ptr<Shared> const& shared)
{
  LogicalType const text(DUCKDB_TYPE_VARCHAR);
  LogicalType const texts(host().duckdb_create_list_type(text.get()));
  LogicalType const day(DUCKDB_TYPE_DATE);
  LogicalType const any(DUCKDB_TYPE_ANY);
  auto made = host().duckdb_create_scalar_function();
  host().duckdb_scalar_function_set_name(made, kind.name);
  for (auto const type : {text.get(), kind.many ? texts.get() : text.get(), day.get(), any.get()})
    host().duckdb_scalar_function_add_parameter(made, type);
  if (kind.language) host().duckdb_scalar_function_add_parameter(made, text.get());
  host().duckdb_scalar_function_set_return_type(made, result.get());
  host().duckdb_scalar_function_set_function(made, run);
  // A NULL among the facts is a missing fact, and one elsewhere an error: neither makes the answer NULL.
  host().duckdb_scalar_function_set_special_handling(made);
  host().duckdb_scalar_function_set_extra_info(made, new Function{kind, shared},
                                               [](void* function) { delete static_cast<Function*>(function); });
  auto const added = host().duckdb_add_scalar_function_to_set(set, made) == DuckDBSuccess;
  host().duckdb_destroy_scalar_function(&made);
  return added;
}

bool add_all(duckdb_connection connection)
{
  auto const shared = std::make_shared<Shared>();
  LogicalType const boolean(DUCKDB_TYPE_BOOLEAN);
  LogicalType const booleans(host().duckdb_create_list_type(boolean.get()));
  LogicalType const text(DUCKDB_TYPE_VARCHAR);
  LogicalType const texts(host().duckdb_create_list_type(text.get()));
  auto const verdict = verdict_type();
  struct Entry {
    std::vector<Kind> kinds;
    LogicalType const& result;
  };
  Entry const entries[] = {
      {{{"tutela_decide", write_verdicts}}, verdict},
      {{{"tutela_boolean", write_booleans}}, boolean},
      {{{"tutela_booleans", write_boolean_lists, true}}, booleans},
      {{{"tutela_missing", write_missing, false, true}}, texts},
      {{{"tutela_explain", write_explanations}, {"tutela_explain", write_explanations, false, false, true}}, text},
  };
  bool good = true;
  for (auto const& entry : entries) {
    auto set = host().duckdb_create_scalar_function_set(entry.kinds.front().name);
    for (auto const& kind : entry.kinds) good = good && add(set, kind, entry.result, shared);
    good = good && host().duckdb_register_scalar_function_set(connection, set) == DuckDBSuccess;
    host().duckdb_destroy_scalar_function_set(&set);
  }
  return good;
}

bool load(duckdb_extension_info info, duckdb_extension_access const& access)
{
  // The oldest interface that has all functions of host.h; it is part of all later ones.
  auto const* const table = static_cast<tutela_duckdb_host const*>(access.get_api(info, "v1.2.0"));
  if (table == nullptr) return false;
  static_cast<void>(host(table));
  duckdb_connection connection = nullptr;
  if (host().duckdb_connect(*access.get_database(info), &connection) != DuckDBSuccess) {
    access.set_error(info, "tutela: the database cannot be connected to");
    return false;
  }
  bool const good = add_all(connection);
  host().duckdb_disconnect(&connection);
  if (!good) access.set_error(info, "tutela: the functions cannot be added; is another version of them loaded?");
  return good;
}

}  // namespace
}  // namespace tutela::duckdb

extern "C" __attribute__((visibility("default"))) bool tutela_init_c_api(duckdb_extension_info info,
                                                                         duckdb_extension_access* access)
{
  try {
    return tutela::duckdb::load(info, *access);
  } catch (std::exception const& why) {
    access->set_error(info, why.what());
    return false;
  }
}
