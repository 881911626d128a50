// SPDX-License-Identifier: Apache-2.0
/// \file
/// A mapping, a line of `---` and a table: whatever is read gives cases that our own format carries, or says what is wrong.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <tutela/io/case.hpp>
#include <tutela/io/mapping.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const split = text.find("\n---\n");
  auto const mapping = tutela::parse_mapping(text.substr(0, split), "fuzz.json");
  if (!mapping && mapping.diagnostics().empty()) std::abort();  // a refusal without a reason
  auto const csv = split == std::string_view::npos ? std::string_view() : text.substr(split + 5);
  auto const table = tutela::parse_table(csv, "fuzz.csv", {}, mapping ? mapping->separator : ',');
  if (!table && table.diagnostics().empty()) std::abort();
  if (table && table->lines.size() != table->rows()) std::abort();
  if (!mapping || !table) return 0;
  bool const fits = tutela::check_mapping(*mapping, tutela::Schema()).empty();
  if (fits != mapping->columns.empty()) std::abort();  // nothing reads these facts
  auto const cases = tutela::map_cases(*mapping, *table, "fuzz.csv");
  if (!cases) {
    if (cases.diagnostics().empty()) std::abort();
    return 0;
  }
  try {
    auto const again = tutela::parse_cases(tutela::write_cases(*cases), "again.ndjson");
    if (!again || again->size() != cases->size()) std::abort();
  } catch (tutela::ContractViolation const&) {
    return 0;  // a text in the form of a day: our own format would read it as a day, so it does not write it
  }
  return 0;
}
