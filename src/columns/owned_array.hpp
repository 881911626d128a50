// SPDX-License-Identifier: Apache-2.0
/// \file
/// Arrays and types that are handed out by Arrow's C data interface (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include <tutela/columns/arrow.hpp>

namespace tutela::detail {

/// A type under construction.
struct OwnedSchema {
  std::string format;
  std::string name;
  std::vector<OwnedSchema> children = {};
  std::vector<OwnedSchema> dictionary = {};  ///< One or none.

  /// Hands it out; whoever got it releases it.
  void hand_out(ArrowSchema& out) &&;
};

/// An array under construction; its buffers are freed when whoever got it releases it.
struct OwnedArray {
  using Buffer = std::vector<std::uint64_t>;  ///< In words, for their alignment.

  std::int64_t length = 0;
  std::int64_t nulls = 0;
  std::vector<Buffer> buffers = {};
  std::vector<std::shared_ptr<std::uint64_t const[]>> shared = {};  ///< Or all of them where others have them too.
  bool all_valid = false;                                           ///< True when the first buffer is left out.
  std::vector<OwnedArray> children = {};
  std::vector<OwnedArray> dictionary = {};  ///< One or none.

  /// Hands it out; whoever got it releases it.
  void hand_out(ArrowArray& out) &&;
};

/// A buffer for `bytes` bytes, all zero; never empty, because some readers want a pointer for no values too.
inline OwnedArray::Buffer make_buffer(std::size_t bytes) { return OwnedArray::Buffer((bytes + 7) / 8 + 1, 0); }

/// Writes a value into a buffer.
template <class T>
void put_value(OwnedArray::Buffer& buffer, std::size_t index, T value)
{
  std::memcpy(reinterpret_cast<char*>(buffer.data()) + index * sizeof(T), &value, sizeof(T));
}

}  // namespace tutela::detail
