// SPDX-License-Identifier: Apache-2.0
/// \file
/// Writing networks.
#include <string>

#include <tutela/io/network.hpp>

#include "io/noun_writer.hpp"

namespace tutela::inline v0 {
namespace {

std::string written_file(NetworkContent const& content)
{
  detail::NounWriter writer;
  detail::fields(writer, content);
  return writer.take({{"format", "tutela-network/1"}}).dump(2) + "\n";
}

}  // namespace

std::string write_network(Network const& network) { return written_file(network.content()); }

std::string write_network_history(NetworkHistory const& history) { return written_file(history.records()); }

}  // namespace tutela::inline v0
