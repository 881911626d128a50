// SPDX-License-Identifier: Apache-2.0
/// \file
/// Identifiers that cannot be mixed up.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace tutela::inline v0 {

/// An opaque identifier of one kind of thing.
///
/// Tutela never looks inside an identifier of a person: it is whatever the embedding system uses, compared byte
/// by byte. Two identifiers with different tags are different types, so an agency is never passed for a service.
/// \tparam Tag Any type, complete or not; only its name matters.
template <class Tag>
class Id {
 public:
  Id() = default;

  /// Wraps `text`; the empty text means "no identifier".
  explicit Id(std::string text) : text_(std::move(text)) {}

  /// The text as given.
  [[nodiscard]] std::string const& text() const& noexcept { return text_; }

  /// True when there is no identifier.
  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

  friend bool operator==(Id const&, Id const&) = default;

  friend auto operator<=>(Id const&, Id const&) = default;

 private:
  std::string text_;
};

}  // namespace tutela::inline v0

/// Hash of an identifier, so that it can be a key of the unordered containers.
template <class Tag>
struct std::hash<tutela::Id<Tag>> {
  /// Hash of the text.
  std::size_t operator()(tutela::Id<Tag> const& id) const noexcept { return std::hash<std::string>{}(id.text()); }
};
