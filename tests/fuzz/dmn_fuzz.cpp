// SPDX-License-Identifier: Apache-2.0
/// \file
/// DMN files: whatever is accepted answers all its decisions for a person about whom nothing is known.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "rules/model_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  using namespace tutela;
  std::string const text(reinterpret_cast<char const*>(data), size);
  auto const model = detail::read_model({{"fuzz.dmn", text}}, true, Mode::legal, Limits{});
  if (!model && model.diagnostics().empty()) std::abort();  // a refusal without a reason
  return 0;
}
