// SPDX-License-Identifier: Apache-2.0
/// \file
/// Arrays and types that are handed out by Arrow's C data interface.
#include "columns/owned_array.hpp"

#include <utility>

namespace tutela::detail {
namespace {

struct SchemaHolder {
  std::string format;
  std::string name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
  ArrowSchema dictionary{};
};

struct ArrayHolder {
  std::vector<OwnedArray::Buffer> buffers;
  std::vector<std::shared_ptr<std::uint64_t const[]>> shared;
  std::vector<void const*> pointers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> child_pointers;
  ArrowArray dictionary{};
};

/// Releases what was not taken over, as the specification asks.
template <class Holder, class Struct>
void release(Struct* given)
{
  auto* holder = static_cast<Holder*>(given->private_data);
  for (auto& child : holder->children)
    if (child.release != nullptr) child.release(&child);
  if (holder->dictionary.release != nullptr) holder->dictionary.release(&holder->dictionary);
  delete holder;
  given->release = nullptr;
}

}  // namespace

void OwnedSchema::hand_out(ArrowSchema& out) &&
{
  auto holder = std::make_unique<SchemaHolder>();
  holder->format = std::move(format);
  holder->name = std::move(name);
  holder->children.resize(children.size());
  for (std::size_t i = 0; i < children.size(); ++i) {
    std::move(children[i]).hand_out(holder->children[i]);
    holder->pointers.push_back(&holder->children[i]);
  }
  if (!dictionary.empty()) std::move(dictionary.front()).hand_out(holder->dictionary);
  out = {};
  out.format = holder->format.c_str();
  out.name = holder->name.c_str();
  out.flags = ARROW_FLAG_NULLABLE;
  out.n_children = static_cast<std::int64_t>(holder->children.size());
  out.children = holder->pointers.data();
  out.dictionary = holder->dictionary.release != nullptr ? &holder->dictionary : nullptr;
  out.release = &release<SchemaHolder, ArrowSchema>;
  out.private_data = holder.release();
}

void OwnedArray::hand_out(ArrowArray& out) &&
{
  auto holder = std::make_unique<ArrayHolder>();
  holder->buffers = std::move(buffers);
  holder->shared = std::move(shared);
  for (auto const& buffer : holder->shared) holder->pointers.push_back(buffer.get());
  for (std::size_t i = 0; i < holder->buffers.size(); ++i)
    holder->pointers.push_back(i == 0 && all_valid ? nullptr : holder->buffers[i].data());
  holder->children.resize(children.size());
  for (std::size_t i = 0; i < children.size(); ++i) {
    std::move(children[i]).hand_out(holder->children[i]);
    holder->child_pointers.push_back(&holder->children[i]);
  }
  if (!dictionary.empty()) std::move(dictionary.front()).hand_out(holder->dictionary);
  out = {};
  out.length = length;
  out.null_count = nulls;
  out.n_buffers = static_cast<std::int64_t>(holder->pointers.size());
  out.buffers = holder->pointers.data();
  out.n_children = static_cast<std::int64_t>(holder->children.size());
  out.children = holder->child_pointers.data();
  out.dictionary = holder->dictionary.release != nullptr ? &holder->dictionary : nullptr;
  out.release = &release<ArrayHolder, ArrowArray>;
  out.private_data = holder.release();
}

}  // namespace tutela::detail
