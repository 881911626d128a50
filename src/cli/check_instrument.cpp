// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela check --instrument`: the check cases of a scale, and what it declares of itself over its whole domain.
#include <cstdio>

#include <nlohmann/json.hpp>

#include <tutela/io/instrument.hpp>
#include <tutela/io/pmml.hpp>
#include <tutela/risk/check.hpp>

#include "cli/check.hpp"

namespace tutela::cli {

int run_check_instrument(Arguments const& arguments, std::string_view usage)
{
  if (!arguments.rest().empty()) return refuse("give a pack, or an instrument with --instrument", usage);
  for (auto const* option : {"--on", "--cases", "--decision", "--unverified"})
    if (arguments.has(option)) return refuse(std::string(option) + " is for two versions of a pack", usage);
  auto const name = *arguments.value("--instrument");
  auto const instrument = name.ends_with(".pmml") ? load_pmml(name) : load_instrument(name);
  print(instrument.diagnostics());
  if (!instrument) return bad_input;
  auto const result = check(*instrument, {}, arguments.values("--prohibited"));
  bool wrong = false;
  for (auto const& finding : result.findings) {
    wrong = wrong || finding.severity != Severity::note;
    if (arguments.has("--json"))
      std::printf("%s\n", nlohmann::ordered_json{{"instrument", instrument->id()},
                                                 {"code", to_string(finding.code)},
                                                 {"severity", to_string(finding.severity)},
                                                 {"place", finding.place.pointer},
                                                 {"what", finding.what},
                                                 {"mend", finding.mend}}
                              .dump()
                              .c_str());
    else
      std::printf("%s\n", to_string(finding).c_str());
  }
  std::fprintf(arguments.has("--json") ? stderr : stdout, "%s: %zu check cases, %zu failed; total %g to %g%s\n",
               instrument->id().c_str(), result.cases, result.failed, result.total.lowest, result.total.highest,
               result.exact ? "" : " (a limit ended the search)");
  return wrong ? findings : success;
}

}  // namespace tutela::cli
