// SPDX-License-Identifier: Apache-2.0
/// \file
/// What may be told of one case: packs say what facts are, the network on which grounds they may travel.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>
#include <tutela/disclosure/may_be_told.hpp>
#include <tutela/engine/assess.hpp>

namespace tutela::inline v0 {

/// Who is to be told what of a case. The agency that holds the case tells.
struct TellingRequest {
  NodeId to;                           ///< Agency, unit or service that is told.
  std::string role;                    ///< Who reads it there, as a code word; may be empty.
  Purpose purpose;                     ///< What for.
  std::vector<std::string> facts;      ///< Facts that the purpose needs.
  std::vector<std::string> decisions;  ///< Decisions of packs that the recipient takes: the facts they read are needed.
  std::vector<ConsentRecord> consents;   ///< Answers besides those in the case.
  ServiceId stays_in;                    ///< Service that the person stays in, whose place may be protected.
  std::vector<std::string> place_facts;  ///< Facts that tell where that is.
};

/// Says fact by fact what may be told (`what_may_be_told`), by the packs of the case's legal order, all scales of the
/// knowledge and the first network that has the holder of the case.
///
/// A fact of which two packs or scales name different data categories has none: it stays until they agree. Without `facts`
/// and `decisions` nobody said what is needed.
/// \return The finding; or what is wrong: no network has the holder, it lacks the recipient, a decision that no pack has.
[[nodiscard]] TUTELA_API Result<DisclosureFinding> what_may_be_told(Knowledge const& knowledge, Case const& item,
                                                                    TellingRequest const& request, Date on,
                                                                    AssessOptions const& options = {});

/// The declarations of several schemas as one. Where they name different categories for a fact it has none, and where they
/// say that it is about different people it is somebody else's.
[[nodiscard]] TUTELA_API Schema joined_schema(std::vector<Schema const*> const& schemas);

}  // namespace tutela::inline v0
