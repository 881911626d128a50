// SPDX-License-Identifier: Apache-2.0
/// \file
/// A file of cases in pieces, as lines and as a table: what it reads is what the whole text gives, or it says what is wrong.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <tutela/io/case_blocks.hpp>

namespace {

struct Found {
  std::vector<tutela::Case> cases;
  std::size_t findings = 0;
};

Found read(tutela::CaseBlocks blocks)
{
  Found found;
  while (auto block = blocks.next()) {
    found.findings += block->diagnostics.size();
    if (!block->diagnostics.empty() && !block->cases.empty()) std::abort();
    found.cases.insert(found.cases.end(), block->cases.begin(), block->cases.end());
  }
  return found;
}

tutela::ByteSource pieces(std::string const& text, std::size_t size)
{
  return [&text, size, at = std::size_t{0}](char* into, std::size_t most) mutable {
    auto const count = std::min({size, most, text.size() - at});
    text.copy(into, count, at);
    at += count;
    return count;
  };
}

tutela::Mapping meaning(std::vector<std::string> const& names) { return tutela::mapping_by_names(names, {}, names); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string const text(reinterpret_cast<char const*>(data), size);
  for (bool const lines : {true, false}) {
    auto const in = [&](std::size_t piece) {
      return read(lines ? tutela::CaseBlocks::of_lines(pieces(text, piece), "fuzz")
                        : tutela::CaseBlocks::of_table(pieces(text, piece), "fuzz", ',', meaning));
    };
    auto const whole = in(std::max<std::size_t>(size, 1));
    auto const torn = in(3);
    if (whole.cases != torn.cases || whole.findings != torn.findings) std::abort();
  }
  return 0;
}
