// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela save`: a pack as files again, its models as DMN 1.5; an instrument as a file, also as PMML.
#include <cstdio>
#include <fstream>
#include <string>

#include <tutela/io/instrument.hpp>
#include <tutela/io/pmml.hpp>
#include <tutela/rules/pack.hpp>

#include "cli/verbs.hpp"

namespace tutela::cli {

namespace {

/// Writes an instrument; into a file of PMML where its name ends so, else as an instrument file.
int save_instrument(std::string const& name, std::string const& path)
{
  auto const instrument = name.ends_with(".pmml") ? load_pmml(name) : load_instrument(name);
  print(instrument.diagnostics());
  if (!instrument) return bad_input;
  auto const text =
      path.ends_with(".pmml") ? to_pmml(*instrument) : Result<std::string>(to_json(instrument->description()));
  print(text.diagnostics());
  if (!text) return bad_input;
  std::ofstream stream(path, std::ios::binary);
  stream << *text;
  stream.close();
  if (!stream) {
    print({{Code::unreadable, Severity::error, {path, 0, 0, {}}, "the file cannot be written", ""}});
    return bad_input;
  }
  std::printf("%s\n", path.c_str());
  return success;
}

}  // namespace

int run_save(std::span<char const* const> words, std::string_view usage)
{
  auto const arguments = Arguments::read(words, {});
  if (!arguments) return refuse("", usage);
  if (arguments->rest().size() != 2) return refuse("give a pack and a folder, or an instrument and a file", usage);
  auto const& target = arguments->rest()[1];
  if (target.ends_with(".pmml") || target.ends_with(".instrument.json"))
    return save_instrument(arguments->rest()[0], target);
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
