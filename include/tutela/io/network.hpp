// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading and writing networks: the format `tutela-network/1`, shaped like HSDS 3.1.
#pragma once

#include <string>
#include <string_view>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/referral/history.hpp>
#include <tutela/referral/network.hpp>

namespace tutela::inline v0 {

/// Reads a network from JSON text. Strict: every unknown key, wrong type, repeated key and dangling reference is
/// reported with its JSON pointer, all of them; in a network without such errors also each state of an agreement that cannot
/// follow the one above it (`may_follow`). What is built in a program and read as a history is not looked at for that.
/// \param text   The document in UTF-8.
/// \param file   Its name, for the diagnostics.
/// \param limits Bounds on the document and on the network.
/// \complexity O(n log n) in the length of the text.
[[nodiscard]] TUTELA_API Result<Network> parse_network(std::string_view text, std::string const& file = {},
                                                       Limits const& limits = {});

/// Reads a network from a file; `-` is standard input.
[[nodiscard]] TUTELA_API Result<Network> load_network(std::string const& path, Limits const& limits = {});

/// Reads the records of a network with what was withdrawn: the same format, where an identifier may stand again once it
/// was withdrawn. A file without `recorded` and `withdrawn` is read too; all of it was then known ever since.
[[nodiscard]] TUTELA_API Result<NetworkHistory> parse_network_history(std::string_view text,
                                                                      std::string const& file = {},
                                                                      Limits const& limits = {});

/// Reads the records of a network from a file; `-` is standard input.
[[nodiscard]] TUTELA_API Result<NetworkHistory> load_network_history(std::string const& path,
                                                                     Limits const& limits = {});

/// Writes all records of a network as JSON that `parse_network_history` reads back to the same ones.
[[nodiscard]] TUTELA_API std::string write_network_history(NetworkHistory const& history);

/// Writes a network as JSON that `parse_network` reads back to the same content.
///
/// This is the whole file for exchange between agencies, places included. What is shown to readers goes through
/// `Network::disclosure_of`.
[[nodiscard]] TUTELA_API std::string write_network(Network const& network);

}  // namespace tutela::inline v0
