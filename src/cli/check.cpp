// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela check`: what a careful reader would object to in a pack that loads.
#include <cstdio>

#include <nlohmann/json.hpp>

#include <tutela/rules/pack.hpp>

#include "cli/check.hpp"

namespace tutela::cli {
namespace {

std::string joined(std::vector<WitnessInput> const& inputs)
{
  std::string text;
  for (auto const& [input, value] : inputs) (text += text.empty() ? "" : ", ") += input + " = " + to_string(value);
  return text;
}

void print_text(PackFinding const& finding)
{
  std::printf("%s\n", to_string(finding.diagnostic).c_str());
  std::string line = "  in \"" + finding.decision + "\"";
  if (finding.on) line += ", on " + to_string(*finding.on);
  if (!finding.inputs.empty()) {
    line += (finding.certain ? ", for example with " : ", if these can come together: ") + joined(finding.inputs);
  }
  std::printf("%s\n", line.c_str());
}

void print_json(Pack const& pack, PackFinding const& finding)
{
  nlohmann::ordered_json line{{"pack", pack.info().id},
                              {"code", to_string(finding.diagnostic.code)},
                              {"severity", to_string(finding.diagnostic.severity)},
                              {"decision", finding.decision},
                              {"rules", finding.rules},
                              {"file", finding.diagnostic.place.file},
                              {"line", finding.diagnostic.place.line},
                              {"column", finding.diagnostic.place.column},
                              {"what", finding.diagnostic.what},
                              {"mend", finding.diagnostic.mend},
                              {"certain", finding.certain}};
  if (finding.on) line["on"] = to_string(*finding.on);
  for (auto const& [input, value] : finding.inputs) line["inputs"][input] = to_string(value);
  std::printf("%s\n", line.dump().c_str());
}

}  // namespace

int run_check(std::span<char const* const> words, std::string_view usage)
{
  auto const arguments = Arguments::read(words, {{"--on"},
                                                 {"--cases"},
                                                 {"--decision", true, true},
                                                 {"--unverified", false},
                                                 {"--instrument"},
                                                 {"--prohibited", true, true},
                                                 {"--json", false}});
  if (!arguments) return refuse("", usage);
  if (arguments->has("--instrument")) return run_check_instrument(*arguments, usage);
  if (arguments->has("--prohibited")) return refuse("--prohibited is for an instrument", usage);
  if (arguments->rest().empty()) return refuse("no pack given", usage);
  if (arguments->rest().size() == 2) return run_compare(*arguments, usage);
  if (arguments->rest().size() > 2) return refuse("give one pack, or two versions of one", usage);
  for (auto const* option : {"--on", "--cases", "--decision", "--unverified"})
    if (arguments->has(option)) return refuse(std::string(option) + " is for two versions of a pack", usage);
  bool const json = arguments->has("--json");
  auto const pack = load_pack(arguments->rest().front());
  print(pack.diagnostics());
  if (!pack) return bad_input;
  auto const check = pack->check();
  std::size_t counts[3] = {};
  for (auto const& finding : check.findings) {
    ++counts[static_cast<std::size_t>(finding.diagnostic.severity)];
    json ? print_json(*pack, finding) : print_text(finding);
  }
  std::fprintf(json ? stderr : stdout, "%s: %s, %zu of them not checked, %s; %s, %s, %s%s\n", pack->info().id.c_str(),
               counted(check.tables, "table").c_str(), check.unchecked,
               counted(check.separations, "separation decision").c_str(), counted(counts[0], "error").c_str(),
               counted(counts[1], "warning").c_str(), counted(counts[2], "note").c_str(),
               check.exact ? "" : " (a limit ended the search)");
  return check.has_findings() ? findings : success;
}

}  // namespace tutela::cli
