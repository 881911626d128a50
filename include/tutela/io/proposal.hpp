// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is proposed for a child in words that a parent can read.
#pragma once

#include <string>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/referral/allocation.hpp>
#include <tutela/referral/network.hpp>

namespace tutela::inline v0 {

/// The proposal for one child in plain words: what is proposed, why, what would suit better and why it was not proposed, the
/// next best, what to ask.
///
/// It is about this child alone. Of others it says only that another child was placed first, and what all children together
/// would have lost otherwise: never how old they are, what they said, whom they live with or must live apart from. Nothing
/// tells where a service lies whose place is protected on the day.
/// \param on The day of the proposal.
/// \return Some lines of text.
[[nodiscard]] TUTELA_API std::string explain(ChildProposal const& proposal, Network const& network, Date on,
                                             Language language = Language::en);

}  // namespace tutela::inline v0
