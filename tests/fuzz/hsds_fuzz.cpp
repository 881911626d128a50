// SPDX-License-Identifier: Apache-2.0
/// \file
/// HSDS: whatever comes in goes out and comes in again, as a page and as a package.
#include <tutela/io/hsds.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  tutela::Publication source;
  source.id = tutela::SourceId("source");
  source.title = "source";
  source.published = tutela::PartialDate{2026, 3, 2};
  tutela::Date const on{2026, 3, 2};
  auto const read = tutela::parse_hsds(text, source, "fuzz.json");
  if (!read) {
    if (read.diagnostics().empty()) std::abort();  // a refusal without a reason
    return 0;
  }
  auto const again = tutela::parse_hsds(tutela::write_hsds(read->network, on), source, "again.json");
  if (!again || again->network.content().services.size() != read->network.content().services.size()) std::abort();
  auto const package = tutela::parse_hsds_package(tutela::write_hsds_package(read->network, on), source);
  if (!package || package->network.content().services.size() != read->network.content().services.size()) std::abort();
  return 0;
}
