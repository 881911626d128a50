// SPDX-License-Identifier: Apache-2.0
/// \file
/// Logs of referrals: whatever is read is written back and read again as the same text, and counted.
#include <tutela/io/event_log.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const log = tutela::parse_event_log(text, "fuzz.csv");
  if (!log) {
    if (log.diagnostics().empty()) std::abort();  // a refusal without a reason
    return 0;
  }
  auto const written = tutela::write_event_log(*log);
  if (!written) std::abort();
  auto const again = tutela::parse_event_log(*written, "again.csv");
  if (!again || tutela::write_event_log(*again).value() != *written) std::abort();
  std::int64_t last = 0;
  for (std::int64_t const time : log->time) last = std::max(last, time);
  auto const counted = tutela::summarize(*log, last);
  if (!counted || counted->events != log->size()) std::abort();
  if (!tutela::compare_with_network(*log, tutela::Network())) std::abort();
  return 0;
}
