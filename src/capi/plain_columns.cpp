// SPDX-License-Identifier: Apache-2.0
/// \file
/// Plain arrays of the caller as a table in Arrow's layout, without copying a value.

#include <array>
#include <deque>
#include <limits>
#include <set>
#include <utility>

#include "capi/batch.hpp"

using namespace tutela::detail;

namespace {

using tutela::ContractViolation;

std::string format_of(PlainColumn const& column)
{
  switch (column.layout) {
    case TUTELA_LAYOUT_BITS: return "b";
    case TUTELA_LAYOUT_INT8: return "c";
    case TUTELA_LAYOUT_INT16: return "s";
    case TUTELA_LAYOUT_INT32:
    case TUTELA_LAYOUT_CODES32: return "i";
    case TUTELA_LAYOUT_INT64: return "l";
    case TUTELA_LAYOUT_DECIMAL64: return "d:18," + std::to_string(column.scale) + ",64";
    case TUTELA_LAYOUT_DAYS32: return "tdD";
    case TUTELA_LAYOUT_TEXT: return "u";
    default: throw ContractViolation("a layout is none of the values of tutela_layout");
  }
}

PlainColumn plain_from(tutela_column const& given)
{
  bool const scaled = given.layout == TUTELA_LAYOUT_DECIMAL64;
  if (given.scale < 0 || given.scale > (scaled ? 18 : 0))
    throw ContractViolation("a column has a scale that cannot be");
  return {given.slot, given.layout, given.scale, given.nulls};
}

std::vector<tutela_column> columns_from(tutela_column const* columns, std::size_t count)
{
  check_array(columns, count, "the columns");
  std::vector<tutela_column> result;
  for (std::size_t i = 0; i < count; ++i) result.push_back(sized_element(columns, i, tutela_column TUTELA_COLUMN_INIT));
  return result;
}

/// Types that live as long as this; nobody has to release them.
class PlainSchema {
 public:
  PlainSchema(std::vector<PlainColumn> const& columns, tutela::Schema const& facts)
  {
    root_.format = "+s";
    root_.release = nothing;
    words_.format = "u";
    words_.release = nothing;
    for (PlainColumn const& column : columns) {
      formats_.push_back(format_of(column));
      ArrowSchema field{};
      field.format = formats_.back().c_str();
      field.name = facts.declarations()[static_cast<std::uint32_t>(column.slot)].name.c_str();
      field.flags = ARROW_FLAG_NULLABLE;
      field.dictionary = column.layout == TUTELA_LAYOUT_CODES32 ? &words_ : nullptr;
      field.release = nothing;
      fields_.push_back(field);
      pointers_.push_back(&fields_.back());
    }
    root_.n_children = static_cast<std::int64_t>(pointers_.size());
    root_.children = pointers_.data();
  }
  PlainSchema(PlainSchema const&) = delete;
  PlainSchema& operator=(PlainSchema const&) = delete;

  [[nodiscard]] ArrowSchema const& root() const noexcept { return root_; }

 private:
  static void nothing(ArrowSchema*) {}

  ArrowSchema root_{};
  ArrowSchema words_{};
  std::deque<std::string> formats_;
  std::deque<ArrowSchema> fields_;
  std::vector<ArrowSchema*> pointers_;
};

/// Arrays that point to the caller's memory; only the words of dictionaries are copied.
class PlainArray {
 public:
  PlainArray(std::vector<tutela_column> const& columns, std::size_t rows)
  {
    if (rows > static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max() / 64))
      throw ContractViolation("the number of rows cannot be");
    root_.length = static_cast<std::int64_t>(rows);
    root_.n_buffers = 1;
    root_.buffers = no_validity_;
    root_.release = nothing;
    for (tutela_column const& column : columns) add(column);
    root_.n_children = static_cast<std::int64_t>(pointers_.size());
    root_.children = pointers_.data();
  }
  PlainArray(PlainArray const&) = delete;
  PlainArray& operator=(PlainArray const&) = delete;

  [[nodiscard]] ArrowArray const& root() const noexcept { return root_; }

 private:
  /// The words of one dictionary.
  struct Words {
    std::vector<std::int32_t> offsets{0};
    std::string bytes;
    std::array<void const*, 3> buffers{};
    ArrowArray array{};
  };

  static void nothing(ArrowArray*) {}

  void add(tutela_column const& column)
  {
    bool const text = column.layout == TUTELA_LAYOUT_TEXT;
    if (text && column.offsets == nullptr) throw ContractViolation("a column of texts has no offsets");
    bool const empty = root_.length == 0 || (text && column.offsets[root_.length] == 0);
    if (column.values == nullptr && !empty) throw ContractViolation("a column has no values");
    void const* const values = column.values == nullptr ? "" : column.values;
    void const* const second = text ? static_cast<void const*>(column.offsets) : values;
    buffers_.push_back({column.validity, second, values});
    ArrowArray field{};
    field.length = root_.length;
    field.null_count = column.validity == nullptr ? 0 : -1;
    field.n_buffers = text ? 3 : 2;
    field.buffers = buffers_.back().data();
    field.release = nothing;
    if (column.layout == TUTELA_LAYOUT_CODES32) field.dictionary = &words_of(column);
    fields_.push_back(field);
    pointers_.push_back(&fields_.back());
  }

  ArrowArray& words_of(tutela_column const& column)
  {
    Words& words = words_.emplace_back();
    for (std::string const& word : texts_from(column.words, column.word_count, "the words")) {
      words.bytes += word;
      if (words.bytes.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        refuse(tutela::Code::limit_reached, "the words of a column are longer than 2 GiB");
      words.offsets.push_back(static_cast<std::int32_t>(words.bytes.size()));
    }
    words.buffers = {nullptr, words.offsets.data(), words.bytes.c_str()};
    words.array.length = static_cast<std::int64_t>(column.word_count);
    words.array.n_buffers = 3;
    words.array.buffers = words.buffers.data();
    words.array.release = nothing;
    return words.array;
  }

  void const* no_validity_[1] = {nullptr};
  ArrowArray root_{};
  std::deque<std::array<void const*, 3>> buffers_;
  std::deque<Words> words_;
  std::deque<ArrowArray> fields_;
  std::vector<ArrowArray*> pointers_;
};

}  // namespace

tutela_status tutela_batch_new_columns(tutela_pack const* pack, tutela_column const* columns, size_t count,
                                       tutela_batch_options const* options, tutela_batch** batch, tutela_error** error)
try {
  begin(error);
  output(batch) = nullptr;
  tutela_pack const& handle = checked(pack, HandleTag::pack);
  if (count == 0) throw ContractViolation("there are no columns");
  BatchAsking asking = batch_asking_from(options);
  if (!asking.options.columns.empty()) throw ContractViolation("plain arrays say themselves how they are read");
  std::vector<PlainColumn> plain;
  std::set<tutela_slot> slots;
  for (tutela_column const& column : columns_from(columns, count)) {
    auto const place = place_of(column.slot, handle.fingerprint, handle.pack.schema().declarations().size());
    if (!slots.insert(column.slot).second) throw ContractViolation("a slot has two columns");
    plain.push_back(plain_from(column));
    tutela::ColumnRule rule{handle.pack.schema().declarations()[place].name};
    rule.nulls = null_meaning_from(column.nulls);
    asking.options.columns.push_back(std::move(rule));
  }
  PlainSchema const schema(plain, handle.pack.schema());
  *batch = make_batch(handle.pack, schema.root(), asking, std::move(plain));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_batch_decide_columns(tutela_batch* batch, tutela_column const* columns, size_t count, size_t rows,
                                          struct ArrowArray* answers, tutela_error** error)
try {
  begin(error);
  tutela_batch& handle = checked(batch, HandleTag::batch);
  output(answers);
  auto const given = columns_from(columns, count);
  bool same = given.size() == handle.plain.size();
  for (std::size_t i = 0; same && i < given.size(); ++i) same = plain_from(given[i]) == handle.plain[i];
  if (!same) throw ContractViolation("the columns are not those that the batch was made for");
  PlainArray const table(given, rows);
  handle.run.decide(table.root()).value().export_array(*answers);
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}
