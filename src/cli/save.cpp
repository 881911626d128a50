// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela save`: a pack as files again, its models as DMN 1.5.
#include <cstdio>

#include <tutela/rules/pack.hpp>

#include "cli/verbs.hpp"

namespace tutela::cli {

int run_save(std::span<char const* const> words, std::string_view usage)
{
  auto const arguments = Arguments::read(words, {});
  if (!arguments) return refuse("", usage);
  if (arguments->rest().size() != 2) return refuse("give a pack and a folder", usage);
  auto const pack = load_pack(arguments->rest()[0]);
  print(pack.diagnostics());
  if (!pack) return bad_input;
  auto const saved = pack->save(arguments->rest()[1]);
  print(saved.diagnostics());
  if (!saved) return bad_input;
  std::printf("%s\n", saved->c_str());
  return success;
}

}  // namespace tutela::cli
