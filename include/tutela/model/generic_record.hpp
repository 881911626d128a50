// SPDX-License-Identifier: Apache-2.0
/// \file
/// A record of something that no algorithm knows by name: a meeting, a project, a campaign, a training.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tutela/base/text.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/model/identity.hpp>
#include <tutela/model/publication.hpp>

namespace tutela::inline v0 {

/// A meeting, project, report, campaign or other event as a generic record; `RecordKind` declares what it may hold.
///
/// Networks and books of records hold the same ones. They are kept and written again as they were read.
struct GenericRecord {
  std::string id;                    ///< Identifier within its file.
  std::string kind;                  ///< Code word: `meeting`, `project`, `service_report`, `campaign`, `news`.
  Text name;                         ///< What it is about.
  std::optional<PartialDate> from;   ///< When it took place or began.
  std::optional<PartialDate> until;  ///< When it ended, that day included, where it says.
  std::vector<NodeId> participants;  ///< Agencies, units and services that took part or are concerned.
  Context details;                   ///< Everything else, as published: what JSON can say.
  SourceId source;                   ///< Where this was published; empty in synthetic records.
};

}  // namespace tutela::inline v0
