// SPDX-License-Identifier: Apache-2.0
/// \file
/// Network files: whatever is read is written back and read again as the same text.
#include <tutela/io/network.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const network = tutela::parse_network(text, "fuzz.json");
  if (!network) {
    if (network.diagnostics().empty()) std::abort();  // a refusal without a reason
    return 0;
  }
  std::string const written = tutela::write_network(*network);
  auto const again = tutela::parse_network(written, "again.json");
  if (!again || tutela::write_network(*again) != written) std::abort();
  return 0;
}
