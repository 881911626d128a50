// SPDX-License-Identifier: Apache-2.0
/// \file
/// Case files: whatever is read is written back and read again as the same cases.
#include <tutela/io/case.hpp>

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const cases = tutela::parse_cases(text, "fuzz.ndjson");
  if (!cases) {
    if (cases.diagnostics().empty()) std::abort();  // a refusal without a reason
    return 0;
  }
  auto const again = tutela::parse_cases(tutela::write_cases(*cases), "again.ndjson");
  if (!again || !(*again == *cases)) std::abort();
  return 0;
}
