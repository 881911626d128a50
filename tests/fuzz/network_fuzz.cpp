// SPDX-License-Identifier: Apache-2.0
/// \file
/// Network files: whatever is read is written back and read again as the same text, drawn, and searched for paths.
#include <tutela/io/dot.hpp>
#include <tutela/io/network.hpp>
#include <tutela/referral/route.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace tutela;

void search(Network const& network)
{
  DotOptions drawing;
  drawing.on = Date{2026, 3, 2};
  if (write_dot(network, drawing).empty()) std::abort();
  auto const& content = network.content();
  RouteRequest request;
  request.on = drawing.on;
  request.birth_date = Date{2015, 5, 5};
  for (std::size_t from = 0; from < std::min<std::size_t>(content.agencies.size(), 2); ++from) {
    request.from = content.agencies[from].id;
    for (std::size_t to = 0; to < std::min<std::size_t>(content.services.size(), 3); ++to) {
      request.goal = to == 2 ? RouteGoal(content.services[to].kind) : RouteGoal(content.services[to].id);
      auto const answer = find_route(network, request);
      if (!answer && answer.diagnostics().empty()) std::abort();
      if (answer && explain(*answer, network).empty()) std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const network = tutela::parse_network(text, "fuzz.json");
  if (!network) {
    if (network.diagnostics().empty()) std::abort();  // a refusal without a reason
    return 0;
  }
  std::string const written = tutela::write_network(*network);
  auto const again = tutela::parse_network(written, "again.json");
  if (!again || tutela::write_network(*again) != written) std::abort();
  search(*network);
  return 0;
}
