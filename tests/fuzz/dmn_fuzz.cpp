// SPDX-License-Identifier: Apache-2.0
/// \file
/// DMN files: whatever is accepted answers all its decisions for a person about whom nothing is known, in both modes,
/// and is saved as a file that is accepted and saved as the same again.
#include <tutela/rules/pack.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  using namespace tutela;
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const pack = parse_pack(text, "fuzz.dmn");
  if (!pack) {
    if (pack.diagnostics().empty()) std::abort();  // a refusal without a reason
    return 0;
  }
  auto const files = pack->files();
  auto const again = parse_pack(files.front().text, "fuzz.dmn");
  if (!again || again->files().front().text != files.front().text) std::abort();
  if (again->decisions().size() != pack->decisions().size()) std::abort();

  DecideOptions options;
  options.limits.evaluation_steps = 2'000;
  options.limits.completions = 20;
  options.limits.possible_values = 8;
  for (Mode const mode : {Mode::legal, Mode::conformance}) {
    options.mode = mode;
    for (auto const& verdict : pack->decide(Record(), Date{2026, 3, 2}, options))
      if (verdict.outcome == Outcome::error && !verdict.fault) std::abort();  // an error without a reason
  }
  return 0;
}
