// SPDX-License-Identifier: Apache-2.0
/// \file
/// A secret key with a name, and keyed digests made with it.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>

namespace tutela::inline v0 {

/// A secret of the caller, by which pseudonyms and digests are made. Copies share the secret; it is wiped from memory with
/// the last of them, is in no text that the library writes, and cannot be read back.
///
/// A digest of personal data without a key is no protection: there are so few birth dates that all of them can be tried.
class SecretKey {
 public:
  /// Fewest and most bytes of a secret.
  static constexpr std::size_t shortest = 32;
  static constexpr std::size_t longest = 64;  ///< See `shortest`.

  /// \param id     Public name of the key, for rotation: 1 to 32 lower-case letters, digits, `_` and `-`.
  /// \param secret Bytes from a source of randomness that is made for keys, `shortest` to `longest` of them.
  /// \return The key, or what is wrong with the name or the length; never a word about the secret.
  [[nodiscard]] TUTELA_API static Result<SecretKey> build(std::string id, std::span<std::byte const> secret);

  /// Public name of the key.
  [[nodiscard]] TUTELA_API std::string const& id() const noexcept;

  /// A digest that only who holds the key can make or test: BLAKE2b with the key, as lower-case hexadecimal digits.
  ///
  /// \param context What the digest is for; digests of two contexts say nothing about each other. Any bytes.
  /// \param text    What is digested. Any bytes.
  /// \param bytes   Length of the digest, 16 to 64 bytes; twice as many digits. \throws ContractViolation otherwise.
  /// Linear in the text. \source{RFC 7693, The BLAKE2 Cryptographic Hash and MAC, 2015}
  [[nodiscard]] TUTELA_API std::string digest(std::string_view context, std::string_view text,
                                              std::size_t bytes = 32) const;

 private:
  struct Held;
  explicit SecretKey(std::shared_ptr<Held const> held) noexcept : held_(std::move(held)) {}

  std::shared_ptr<Held const> held_;
};

/// Whether two digests or pseudonyms are the same text, in a time that does not depend on where they differ; that their
/// lengths differ may show.
[[nodiscard]] TUTELA_API bool same_digest(std::string_view one, std::string_view other) noexcept;

}  // namespace tutela::inline v0
