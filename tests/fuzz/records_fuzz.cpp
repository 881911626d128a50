// SPDX-License-Identifier: Apache-2.0
/// \file
/// Books of records: whatever is read is written back and read again as the same text, with the same figures.
#include <tutela/io/records.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

std::string figures(tutela::RecordBook const& book)
{
  return write_indicators(book, book.values({{}, 5})) + write_indicators(book, book.values()) +
         write_identities(book.identities());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const read = tutela::parse_records(text, "fuzz.json");
  if (!read) {
    if (read.diagnostics().empty()) std::abort();  // a refusal without a reason
    return 0;
  }
  std::string const written = tutela::write_records(*read);
  auto const again = tutela::parse_records(written, "again.json");
  if (!again || tutela::write_records(*again) != written || figures(*again) != figures(*read)) std::abort();
  return 0;
}
