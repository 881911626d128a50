// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading a stream of arrays (internal).
#pragma once

#include <string>

#include <tutela/base/diagnostic.hpp>
#include <tutela/columns/arrow.hpp>

namespace tutela::detail {

/// Releases what a stream gave, whatever happens.
template <class Struct>
struct Held {
  Struct content{};

  Held() = default;
  Held(Held const&) = delete;
  Held& operator=(Held const&) = delete;
  ~Held() { release(); }

  void release()
  {
    if (content.release != nullptr) content.release(&content);
    content = {};
  }
};

/// A stream that is read: released at the end, whatever happens.
struct Reading {
  ArrowArrayStream& stream;

  explicit Reading(ArrowArrayStream& read) : stream(read) {}
  Reading(Reading const&) = delete;
  Reading& operator=(Reading const&) = delete;
  ~Reading()
  {
    if (stream.release != nullptr) stream.release(&stream);
  }

  /// What is said where the stream cannot go on.
  [[nodiscard]] Diagnostic broken() const
  {
    auto const* said = stream.get_last_error(&stream);
    return {Code::unreadable,
            Severity::error,
            {},
            "the table cannot be read" + (said == nullptr ? "" : ": " + std::string(said)),
            {}};
  }
};

}  // namespace tutela::detail
