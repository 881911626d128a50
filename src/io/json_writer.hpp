// SPDX-License-Identifier: Apache-2.0
/// \file
/// A parsed document as text again (internal).
#pragma once

#include <string>

#include "io/json_reader.hpp"

namespace tutela::detail {

/// The document on one line: order of members and digits of numbers as they were read.
std::string write_json(JsonNode const& node);

/// The member of an object, or nothing.
JsonNode const* member(JsonNode const& object, std::string_view key);

}  // namespace tutela::detail
