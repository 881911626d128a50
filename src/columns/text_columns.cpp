// SPDX-License-Identifier: Apache-2.0
/// \file
/// Columns of texts that are handed out.
#include "columns/text_columns.hpp"

#include <cstring>
#include <utility>

namespace tutela::detail {

OwnedArray texts_array(std::vector<std::string> const& texts)
{
  OwnedArray array;
  array.length = static_cast<std::int64_t>(texts.size());
  array.all_valid = true;
  array.buffers.resize(3);
  array.buffers[1] = make_buffer((texts.size() + 1) * sizeof(std::int32_t));
  std::string all;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    all += texts[i];
    put_value(array.buffers[1], i + 1, static_cast<std::int32_t>(all.size()));
  }
  array.buffers[2] = make_buffer(all.size());
  std::memcpy(array.buffers[2].data(), all.data(), all.size());
  return array;
}

OwnedSchema text_lists_schema(std::string name) { return {"+L", std::move(name), {{"i", "item", {}, {{"u", ""}}}}}; }

OwnedArray text_lists(std::size_t rows, std::function<std::vector<std::string> const&(std::size_t)> const& texts_of)
{
  OwnedArray array;
  array.length = static_cast<std::int64_t>(rows);
  array.all_valid = true;
  array.buffers.resize(2);
  array.buffers[1] = make_buffer((rows + 1) * sizeof(std::int64_t));
  TextPlaces places;
  std::vector<std::int32_t> codes;
  for (std::size_t row = 0; row < rows; ++row) {
    for (auto const& text : texts_of(row)) codes.push_back(places.place(text));
    put_value(array.buffers[1], row + 1, static_cast<std::int64_t>(codes.size()));
  }
  OwnedArray items;
  items.length = static_cast<std::int64_t>(codes.size());
  items.all_valid = true;
  items.buffers.resize(2);
  items.buffers[1] = make_buffer(codes.size() * sizeof(std::int32_t));
  if (!codes.empty()) std::memcpy(items.buffers[1].data(), codes.data(), codes.size() * sizeof(std::int32_t));
  items.dictionary.push_back(texts_array(places.texts()));
  array.children.push_back(std::move(items));
  return array;
}

}  // namespace tutela::detail
