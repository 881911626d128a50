// SPDX-License-Identifier: Apache-2.0
/// \file
/// A comparison as a table of Arrow.
#include <cerrno>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tutela/columns/compare_batch.hpp>

#include "columns/amount_form.hpp"
#include "columns/owned_array.hpp"

namespace tutela::detail {
namespace {

OwnedArray texts(std::vector<std::optional<std::string>> const& values)
{
  OwnedArray array;
  array.length = static_cast<std::int64_t>(values.size());
  array.buffers = {make_buffer((values.size() + 7) / 8), make_buffer((values.size() + 1) * sizeof(std::int64_t)), {}};
  std::string all;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i]) {
      all += *values[i];
      array.buffers[0][i / 64] |= std::uint64_t{1} << i % 64;
    } else {
      ++array.nulls;
    }
    put_value(array.buffers[1], i + 1, static_cast<std::int64_t>(all.size()));
  }
  array.buffers[2] = make_buffer(all.size());
  std::memcpy(array.buffers[2].data(), all.data(), all.size());
  array.all_valid = array.nulls == 0;
  return array;
}

OwnedArray numbers(std::vector<std::size_t> const& values)
{
  OwnedArray array;
  array.length = static_cast<std::int64_t>(values.size());
  array.all_valid = true;
  array.buffers = {{}, make_buffer(values.size() * sizeof(std::int64_t))};
  for (std::size_t i = 0; i < values.size(); ++i) put_value(array.buffers[1], i, static_cast<std::int64_t>(values[i]));
  return array;
}

OwnedArray decimals(std::vector<std::optional<Decimal>> const& values, int scale)
{
  AmountForm const form(Kind::number, scale);
  OwnedArray array;
  array.length = static_cast<std::int64_t>(values.size());
  array.buffers = {make_buffer((values.size() + 7) / 8), make_buffer(values.size() * sizeof(AmountCount))};
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto const count = values[i] ? form.count(Value(*values[i])) : std::nullopt;
    if (count) {
      array.buffers[0][i / 64] |= std::uint64_t{1} << i % 64;
      put_value(array.buffers[1], i, *count);
    } else {
      ++array.nulls;
    }
  }
  array.all_valid = array.nulls == 0;
  return array;
}

/// The lines under construction, column by column.
struct Columns {
  explicit Columns(BatchComparison const& comparison) : groups(comparison.by.size()) {}

  std::vector<std::vector<std::optional<std::string>>> groups;
  std::vector<std::optional<std::string>> decision, change, before, before_outcome, after, after_outcome;
  std::vector<std::size_t> rows, examples, ends{0};
  std::vector<std::optional<Decimal>> before_total, after_total, difference, least, most;
};

std::optional<std::string> answer(Outcome outcome, Value const& value)
{
  if (outcome != Outcome::known || value.is_none()) return std::nullopt;
  auto const* text = value.as_string();
  return text != nullptr ? *text : to_string(value);
}

Columns columns_of(BatchComparison const& comparison)
{
  Columns made(comparison);
  for (auto const& line : comparison.lines) {
    for (std::size_t i = 0; i < made.groups.size(); ++i) made.groups[i].push_back(line.group[i]);
    made.decision.emplace_back(comparison.decisions[line.decision]);
    made.change.emplace_back(to_string(line.change));
    made.before.push_back(answer(line.before_outcome, line.before));
    made.before_outcome.emplace_back(to_string(line.before_outcome));
    made.after.push_back(answer(line.after_outcome, line.after));
    made.after_outcome.emplace_back(to_string(line.after_outcome));
    made.rows.push_back(line.rows);
    made.before_total.push_back(line.before_total);
    made.after_total.push_back(line.after_total);
    made.difference.push_back(line.difference);
    made.least.push_back(line.least);
    made.most.push_back(line.most);
    made.examples.insert(made.examples.end(), line.examples.begin(), line.examples.end());
    made.ends.push_back(made.examples.size());
  }
  return made;
}

OwnedArray array_of(BatchComparison const& comparison)
{
  auto const columns = columns_of(comparison);
  OwnedArray table;
  table.length = static_cast<std::int64_t>(comparison.lines.size());
  table.all_valid = true;
  table.buffers.resize(1);
  for (auto const& group : columns.groups) table.children.push_back(texts(group));
  for (auto const* column : {&columns.decision, &columns.change, &columns.before, &columns.before_outcome,
                             &columns.after, &columns.after_outcome})
    table.children.push_back(texts(*column));
  table.children.push_back(numbers(columns.rows));
  for (auto const* column :
       {&columns.before_total, &columns.after_total, &columns.difference, &columns.least, &columns.most})
    table.children.push_back(decimals(*column, comparison.scale));
  auto lists = numbers(columns.ends);
  lists.length = table.length;
  lists.children.push_back(numbers(columns.examples));
  table.children.push_back(std::move(lists));
  return table;
}

OwnedSchema schema_of(std::vector<std::string> const& by, int scale)
{
  OwnedSchema table{"+s", ""};
  for (auto const& name : by) table.children.push_back({"U", name});
  for (char const* name : {"decision", "change", "before", "before.outcome", "after", "after.outcome"})
    table.children.push_back({"U", name});
  table.children.push_back({"l", "rows"});
  for (char const* name : {"before.total", "after.total", "difference", "difference.least", "difference.most"})
    table.children.push_back({"d:38," + std::to_string(scale), name});
  table.children.push_back({"+L", "examples", {{"l", "item"}}});
  return table;
}

/// What a stream hands out: the one array, once.
struct Pending {
  std::vector<std::string> by;
  int scale = 0;
  std::optional<OwnedArray> array;
};

Pending& pending(ArrowArrayStream* stream) { return *static_cast<Pending*>(stream->private_data); }

}  // namespace
}  // namespace tutela::detail

namespace tutela::inline v0 {

void export_stream(BatchComparison const& comparison, ArrowArrayStream& out)
{
  using detail::pending;
  out = {};
  out.get_schema = [](ArrowArrayStream* stream, ArrowSchema* schema) {
    try {
      detail::schema_of(pending(stream).by, pending(stream).scale).hand_out(*schema);
      return 0;
    } catch (...) {
      return ENOMEM;
    }
  };
  out.get_next = [](ArrowArrayStream* stream, ArrowArray* array) {
    *array = {};
    auto& left = pending(stream);
    if (!left.array) return 0;
    try {
      std::move(*left.array).hand_out(*array);
      left.array.reset();
      return 0;
    } catch (...) {
      return ENOMEM;
    }
  };
  out.get_last_error = [](ArrowArrayStream*) -> char const* { return nullptr; };
  out.release = [](ArrowArrayStream* stream) {
    delete &pending(stream);
    stream->release = nullptr;
  };
  out.private_data =
      std::make_unique<detail::Pending>(detail::Pending{comparison.by, comparison.scale, detail::array_of(comparison)})
          .release();
}

}  // namespace tutela::inline v0
