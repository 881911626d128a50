// SPDX-License-Identifier: Apache-2.0
#include <tutela/disclosure/secret_key.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

#include <sodium.h>

namespace tutela::inline v0 {
namespace {

bool is_key_name(std::string_view id)
{
  if (id.empty() || id.size() > 32) return false;
  return std::all_of(id.begin(), id.end(), [](char sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') || sign == '_' || sign == '-';
  });
}

/// Feeds a length and then the bytes, so that no two pairs of texts are the same stream.
void feed(crypto_generichash_state& state, std::string_view text)
{
  std::array<unsigned char, 8> length{};
  for (std::size_t i = 0; i < length.size(); ++i)
    length[i] = static_cast<unsigned char>((static_cast<std::uint64_t>(text.size()) >> (8 * i)) & 0xFFU);
  crypto_generichash_update(&state, length.data(), length.size());
  crypto_generichash_update(&state, reinterpret_cast<unsigned char const*>(text.data()), text.size());
}

}  // namespace

struct SecretKey::Held {
  Held() = default;
  Held(Held const&) = delete;
  Held& operator=(Held const&) = delete;
  ~Held() { sodium_memzero(secret.data(), secret.size()); }

  std::string id;
  std::array<unsigned char, longest> secret{};
  std::size_t length = 0;
};

static_assert(SecretKey::longest == crypto_generichash_KEYBYTES_MAX);

Result<SecretKey> SecretKey::build(std::string id, std::span<std::byte const> secret)
{
  Diagnostics found;
  if (!is_key_name(id))
    found.error(Code::not_allowed, {}, "the name of the key is not of 1 to 32 lower-case letters, digits, '_' and '-'",
                "rename the key");
  if (secret.size() < shortest || secret.size() > longest)
    found.error(Code::out_of_range, {}, "the secret has not 32 to 64 bytes",
                "draw 32 bytes from a source of randomness that is made for keys");
  if (found.has_errors()) return std::move(found).take();
  auto held = std::make_shared<Held>();
  held->id = std::move(id);
  held->length = secret.size();
  std::transform(secret.begin(), secret.end(), held->secret.begin(),
                 [](std::byte byte) { return static_cast<unsigned char>(byte); });
  return SecretKey(std::move(held));
}

std::string const& SecretKey::id() const noexcept { return held_->id; }

std::string SecretKey::digest(std::string_view context, std::string_view text, std::size_t bytes) const
{
  if (bytes < 16 || bytes > 64) throw ContractViolation("a digest has 16 to 64 bytes");
  crypto_generichash_state state;
  crypto_generichash_init(&state, held_->secret.data(), held_->length, bytes);
  feed(state, context);
  feed(state, text);
  std::array<unsigned char, 64> digest{};
  crypto_generichash_final(&state, digest.data(), bytes);
  sodium_memzero(&state, sizeof state);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hexadecimal;
  hexadecimal.reserve(2 * bytes);
  for (std::size_t i = 0; i < bytes; ++i) (hexadecimal += digits[digest[i] >> 4U]) += digits[digest[i] & 15U];
  return hexadecimal;
}

bool same_digest(std::string_view one, std::string_view other) noexcept
{
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace tutela::inline v0
