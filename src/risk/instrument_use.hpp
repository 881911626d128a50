// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whether an instrument may be used at all, before any fact of it is read (internal).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <tutela/risk/score.hpp>

#include "risk/program.hpp"

namespace tutela::detail {

/// Whether somebody may be scored, by the place, the day, the purpose and a recorded act alone.
struct InstrumentUse {
  bool refused = false;
  bool research = false;                 ///< It may be used because the purpose is research.
  ScoreState state = ScoreState::error;  ///< What a refused score is.
  Text reason;
  std::vector<Diagnostic> diagnostics;
};

/// \param recorded Whether a sanction or a charge is recorded, where the instrument needs one.
InstrumentUse use_of(InstrumentProgram const& program, bool recorded, std::string_view jurisdiction,
                     std::optional<Date> on, ScorePurpose purpose);

}  // namespace tutela::detail
