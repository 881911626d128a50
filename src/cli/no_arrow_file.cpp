// SPDX-License-Identifier: Apache-2.0
/// \file
/// The program without Arrow files.
#include "cli/arrow_file.hpp"

namespace tutela::cli {

bool has_arrow_files() { return false; }

std::unique_ptr<ArrowInput> ArrowInput::open(std::FILE*, std::string& problem)
{
  problem = "this program is built without Arrow files";
  return nullptr;
}

std::unique_ptr<ArrowOutput> ArrowOutput::open(std::FILE*, ArrowSchema const&, std::string& problem)
{
  problem = "this program is built without Arrow files";
  return nullptr;
}

}  // namespace tutela::cli
