// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading and writing instrument files (`*.instrument.json`).
#pragma once

#include <string>
#include <string_view>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/risk/instrument.hpp>
#include <tutela/risk/score.hpp>

namespace tutela::inline v0 {

/// Reads an instrument from JSON text in the format `tutela-instrument/1` and checks it whole.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<Instrument> parse_instrument(std::string_view json, std::string const& file = {},
                                                             Limits const& limits = {});

/// Loads an instrument by path, or by the identifier of one that ships with the library (`uk/ogrs3`).
[[nodiscard]] TUTELA_API Result<Instrument> load_instrument(std::string const& path_or_id, Limits const& limits = {});

/// The instrument as JSON text that `parse_instrument` reads back to the same description.
[[nodiscard]] TUTELA_API std::string to_json(InstrumentDescription const& description);

/// The score as JSON text.
[[nodiscard]] TUTELA_API std::string to_json(Score const& score);

}  // namespace tutela::inline v0
