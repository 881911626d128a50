// SPDX-License-Identifier: Apache-2.0
/// \file
/// Instrument files: whatever is accepted scores an empty record without a crash.
#include <tutela/io/instrument.hpp>
#include <tutela/risk/score.hpp>

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const instrument = tutela::parse_instrument(text, "fuzz.json");
  if (!instrument) {
    if (instrument.diagnostics().empty()) std::abort();  // a refusal without a reason
    return 0;
  }
  tutela::ScoreOptions options;
  options.purpose = tutela::ScorePurpose::research;
  options.on = tutela::Date{2026, 3, 2};
  options.limits.evaluation_steps = 2'000;
  auto const score = tutela::score(*instrument, {}, options);
  if (score.state != tutela::ScoreState::not_applicable && score.total.highest < score.total.lowest) std::abort();
  return 0;
}
