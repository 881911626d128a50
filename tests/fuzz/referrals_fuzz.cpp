// SPDX-License-Identifier: Apache-2.0
/// \file
/// Files of referrals: whatever is read is written back and read again as the same text.
#include <tutela/io/referrals.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const read = tutela::parse_referrals(text, "fuzz.json");
  if (!read) {
    if (read.diagnostics().empty()) std::abort();  // a refusal without a reason
    return 0;
  }
  std::string const written = tutela::write_referrals(*read);
  auto const again = tutela::parse_referrals(written, "again.json");
  if (!again || tutela::write_referrals(*again) != written) std::abort();
  return 0;
}
