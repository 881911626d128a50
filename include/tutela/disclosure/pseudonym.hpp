// SPDX-License-Identifier: Apache-2.0
/// \file
/// Pseudonyms of people and cases: another one for each purpose, and nobody without the key finds the person.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/disclosure/secret_key.hpp>
#include <tutela/model/identity.hpp>

namespace tutela::inline v0 {

/// Keys of pseudonyms: the one that is used today, and earlier ones by which old pseudonyms are still recognised.
class PseudonymKeys {
 public:
  /// \param keys The key in use first, then earlier ones; at least one, each name once.
  [[nodiscard]] TUTELA_API static Result<PseudonymKeys> build(std::vector<SecretKey> keys);

  /// The pseudonym of an identifier for a purpose: the name of the key in use, a dot, and 40 hexadecimal digits.
  ///
  /// Who reads two registers with pseudonyms for two purposes cannot join them. The same key, purpose and identifier always
  /// give the same pseudonym. The identifier is taken byte by byte.
  /// \param purpose    What the pseudonyms are for: `referral`, `research_2027`; not empty. \throws ContractViolation when it is.
  /// \param identifier Identifier of the person or case; not empty. \throws ContractViolation when it is.
  [[nodiscard]] TUTELA_API std::string pseudonym(Purpose const& purpose, std::string_view identifier) const;

  /// Whether a pseudonym stands for an identifier, by the key that it names.
  /// \return `unknown` when that key is not among these, `no` for a text that is no pseudonym. Linear in the keys; the time
  ///         does not depend on where the pseudonyms differ.
  [[nodiscard]] TUTELA_API Truth stands_for(std::string_view pseudonym, Purpose const& purpose,
                                            std::string_view identifier) const;

  /// True when the pseudonym was made with an earlier key and should be replaced. False for what no key here made.
  [[nodiscard]] TUTELA_API bool is_outdated(std::string_view pseudonym) const noexcept;

  /// The keys, the one in use first.
  [[nodiscard]] std::vector<SecretKey> const& keys() const& noexcept { return keys_; }

 private:
  explicit PseudonymKeys(std::vector<SecretKey> keys) noexcept : keys_(std::move(keys)) {}

  std::vector<SecretKey> keys_;
};

}  // namespace tutela::inline v0
