// SPDX-License-Identifier: Apache-2.0
/// \file
/// Answers as a struct array of Arrow.
#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <string_view>
#include <utility>

#include <tutela/columns/batch.hpp>

#include "columns/answer_type.hpp"
#include "columns/batch_content.hpp"
#include "columns/boolean_answers.hpp"
#include "columns/export_scores.hpp"
#include "columns/text_columns.hpp"

namespace tutela::detail {
namespace {

constexpr std::array<Outcome, 7> outcomes{Outcome::known,   Outcome::unknown,         Outcome::undeterminable,
                                          Outcome::refused, Outcome::no_law_in_force, Outcome::rule_not_available,
                                          Outcome::error};

OwnedSchema schema_of(AnswerType type, std::string const& name)
{
  switch (type.kind) {
    case Kind::boolean: return {"b", name};
    case Kind::date: return {"tdD", name};
    case Kind::number: return {"d:38," + std::to_string(type.scale), name};
    default: return {"i", name, {}, {{"u", ""}}};
  }
}

/// Writes the columns of one decision.
class AnswerWriter {
 public:
  AnswerWriter(BatchContent const& content, std::size_t index)
      : content_(content),
        index_(index),
        rows_(content.rows),
        answers_(content.decisions[index]),
        endings_(*answers_.endings)
  {
  }

  OwnedArray values(AnswerType type)
  {
    if (answers_.amounts) return shared_amounts();
    if (type.kind == Kind::boolean) return booleans();
    if (type.kind == Kind::date) return counts<std::int32_t>(AmountForm(Kind::date, 0));
    if (type.kind == Kind::number) return counts<AmountCount>(AmountForm(Kind::number, type.scale));
    return texts();
  }

  OwnedArray outcomes_array()
  {
    auto const place = [](Ending const& ending) {
      return static_cast<std::uint8_t>(std::find(outcomes.begin(), outcomes.end(), ending.outcome) - outcomes.begin());
    };
    auto array = answers_.planes.few(endings_.size())
                     ? bytes(place)
                     : fixed<std::uint8_t>([&](Ending const& ending) { return std::optional(place(ending)); });
    array.dictionary.push_back(words_array(outcomes));
    return array;
  }

  OwnedArray rules()
  {
    return fixed<std::int32_t>([](Ending const& ending) {
      return ending.rule ? std::optional(static_cast<std::int32_t>(*ending.rule)) : std::nullopt;
    });
  }

  OwnedArray missing()
  {
    return text_lists(rows_, [&](std::size_t row) -> std::vector<std::string> const& {
      return endings_[answers_.planes.number(row)].missing;
    });
  }

 private:
  [[nodiscard]] std::size_t words() const { return (rows_ + rows_in_word - 1) / rows_in_word; }
  [[nodiscard]] RowWord in_word(std::size_t word) const
  {
    return low_bits(std::min(rows_in_word, rows_ - word * rows_in_word));
  }

  /// Bytes without nulls, made bit by bit for 64 rows at a time.
  template <class Function>
  OwnedArray bytes(Function value_of)
  {
    std::array<std::vector<std::uint32_t>, 3> with_bit;  // endings whose byte has the bit
    for (std::size_t i = 0; i < endings_.size(); ++i)
      for (std::size_t bit = 0; bit < with_bit.size(); ++bit)
        if ((static_cast<unsigned>(value_of(endings_[i])) >> bit & 1U) != 0)
          with_bit[bit].push_back(static_cast<std::uint32_t>(i));
    OwnedArray array;
    array.length = static_cast<std::int64_t>(rows_);
    array.all_valid = true;
    array.buffers.resize(2);
    array.buffers[1] = make_buffer(words() * rows_in_word);
    std::vector<RowWord> rows(answers_.planes.words());
    for (std::size_t bit = 0; bit < with_bit.size(); ++bit) {
      if (with_bit[bit].empty()) continue;
      answers_.planes.among(with_bit[bit], rows.data());
      for (std::size_t word = 0; word < words(); ++word)
        for (std::size_t part = 0; part < 8; ++part)
          array.buffers[1][8 * word + part] |= bytes_of(rows[word] >> 8 * part & 0xFFU) << bit;
    }
    return array;
  }

  /// Values of a fixed width; `value_of` gives nothing for null.
  template <class T, class Function>
  OwnedArray fixed(Function value_of)
  {
    std::vector<T> values(endings_.size(), T{});
    std::vector<bool> valid(endings_.size(), false);
    for (std::size_t i = 0; i < endings_.size(); ++i) {
      std::optional<T> const value = value_of(endings_[i]);
      valid[i] = value.has_value();
      if (value) values[i] = *value;
    }
    OwnedArray array;
    array.length = static_cast<std::int64_t>(rows_);
    array.buffers.push_back(make_buffer((rows_ + 7) / 8));
    array.buffers.push_back(make_buffer(rows_ * sizeof(T)));
    std::array<std::uint32_t, rows_in_word> numbers{};
    for (std::size_t word = 0; word < words(); ++word) {
      answers_.planes.numbers(word, numbers.data());
      auto const count = std::min(rows_in_word, rows_ - word * rows_in_word);
      RowWord bits = 0;
      for (std::size_t i = 0; i < count; ++i) {
        put_value(array.buffers[1], word * rows_in_word + i, values[numbers[i]]);
        bits |= RowWord{valid[numbers[i]]} << i;
      }
      put_value(array.buffers[0], word, bits);
      array.nulls += std::popcount(in_word(word) & ~bits);
    }
    array.all_valid = array.nulls == 0;
    return array;
  }

  OwnedArray booleans()
  {
    if (content_.program->decisions[index_].as_bits) return shared_booleans();
    OwnedArray array;
    array.length = static_cast<std::int64_t>(rows_);
    for (std::size_t i = 0; i < 2; ++i) array.buffers.push_back(make_buffer(answers_.planes.words() * sizeof(RowWord)));
    auto* const known = array.buffers[0].data();
    boolean_answers(content_, index_, known, array.buffers[1].data());
    array.nulls = array.length - static_cast<std::int64_t>(kernels().count_bits(known, answers_.planes.words()));
    return array;
  }

  /// Booleans that were decided into the very bits that are handed out.
  OwnedArray shared_booleans()
  {
    OwnedArray array;
    array.length = static_cast<std::int64_t>(rows_);
    array.nulls = static_cast<std::int64_t>(rows_ - answers_.known);
    array.shared = {answers_.planes.plane(std::countr_zero(known_bit)),
                    answers_.planes.plane(std::countr_zero(value_bit))};
    return array;
  }

  /// Counts that were written as they are handed out.
  OwnedArray shared_amounts()
  {
    OwnedArray array;
    array.length = static_cast<std::int64_t>(rows_);
    auto const& amounts = *answers_.amounts;
    array.nulls =
        array.length - static_cast<std::int64_t>(kernels().count_bits(amounts.known().get(), answers_.planes.words()));
    array.shared = {amounts.known(), amounts.counts()};
    return array;
  }

  /// \param form Holds all answers.
  template <class T>
  OwnedArray counts(AmountForm form)
  {
    return fixed<T>([&](Ending const& ending) -> std::optional<T> {
      auto const count = form.count(ending.value);
      return count ? std::optional(static_cast<T>(*count)) : std::nullopt;
    });
  }

  OwnedArray texts()
  {
    TextPlaces places;
    auto array = fixed<std::int32_t>([&](Ending const& ending) -> std::optional<std::int32_t> {
      if (ending.outcome != Outcome::known || ending.value.is_none()) return std::nullopt;
      auto const* text = ending.value.as_string();
      return places.place(text != nullptr ? *text : to_string(ending.value));
    });
    array.dictionary.push_back(texts_array(places.texts()));
    return array;
  }

  BatchContent const& content_;
  std::size_t index_;
  std::size_t rows_;
  DecisionAnswers const& answers_;
  std::vector<Ending> const& endings_;
};

}  // namespace
}  // namespace tutela::detail

namespace tutela::inline v0 {

void BatchProgram::export_schema(ArrowSchema& out) const
{
  detail::OwnedSchema table{"+s", ""};
  for (std::size_t i = 0; i < impl_->paths.size(); ++i) {
    auto const& name = impl_->paths[i].decision;
    table.children.push_back(detail::schema_of(detail::answer_type(*impl_, i), name));
    if (impl_->options.outcomes) table.children.push_back({"C", name + ".outcome", {}, {{"u", ""}}});
    if (impl_->options.rules) table.children.push_back({"i", name + ".rule"});
    if (impl_->options.missing) table.children.push_back(detail::text_lists_schema(name + ".missing"));
  }
  detail::add_score_schemas(impl_->scores, impl_->options, table.children);
  std::move(table).hand_out(out);
}

void BatchAnswers::export_array(ArrowArray& out) const
{
  detail::OwnedArray table;
  table.length = static_cast<std::int64_t>(content_->rows);
  table.all_valid = true;
  table.buffers.resize(1);
  auto const& program = *content_->program;
  for (std::size_t i = 0; i < program.paths.size(); ++i) {
    detail::AnswerWriter writer(*content_, i);
    table.children.push_back(writer.values(detail::answer_type(program, i)));
    if (program.options.outcomes) table.children.push_back(writer.outcomes_array());
    if (program.options.rules) table.children.push_back(writer.rules());
    if (program.options.missing) table.children.push_back(writer.missing());
  }
  detail::add_score_arrays(program.scores, program.options, content_->scores, table.children);
  std::move(table).hand_out(out);
}

}  // namespace tutela::inline v0
