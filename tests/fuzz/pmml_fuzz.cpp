// SPDX-License-Identifier: Apache-2.0
/// \file
/// PMML files: whatever is accepted is an instrument that scores an empty record, and what is written of it is read back
/// and written as the same text.
#include <tutela/io/pmml.hpp>
#include <tutela/risk/score.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const instrument = tutela::parse_pmml(text, "fuzz.pmml");
  if (!instrument) {
    if (instrument.diagnostics().empty()) std::abort();  // a refusal without a reason
    return 0;
  }
  tutela::ScoreOptions options;
  options.purpose = tutela::ScorePurpose::research;
  options.limits.evaluation_steps = 2'000;
  auto const result = score(*instrument, {}, options);
  if (result.instrument.empty()) std::abort();
  auto const written = to_pmml(*instrument);
  if (!written) return 0;  // a head that says more than a Scorecard can
  auto const again = tutela::parse_pmml(*written, "again.pmml");
  if (!again || *to_pmml(*again) != *written) std::abort();
  return 0;
}
