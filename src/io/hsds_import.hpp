// SPDX-License-Identifier: Apache-2.0
/// \file
/// A network from the records of others: what can be used goes in, the rest is told (internal).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/io/hsds.hpp>

namespace tutela::detail {

/// Collects agencies, places and services, gives them identifiers that the file lacks, and tells what is dirty.
class NetworkImport {
 public:
  NetworkImport(std::string id, std::string jurisdiction, Publication source);

  /// Tells a field that could not be used.
  void dirty(std::string pointer, std::string_view written, std::string why);

  /// The agency of that key, made on first sight. An empty key is told and becomes an agency without a name.
  AgencyId agency(std::string const& key, std::string const& name, std::string const& pointer);

  /// An identifier that no stop has yet: the wanted one, or with a number behind it; a change is told.
  std::string fresh(std::string const& wanted, std::string const& pointer);

  /// A position, or nothing where one of the texts is no number of degrees, which is told; both empty is no position.
  std::optional<Position> position(std::string_view latitude, std::string_view longitude,
                                   std::string const& latitude_pointer, std::string const& longitude_pointer);

  /// Years of age as completed months, or nothing, which is told unless the text is empty.
  std::optional<std::int32_t> months(std::string_view years, bool after_last, std::string const& pointer);

  /// Takes the last agencies' and services' source and builds.
  Result<ImportedNetwork> build(std::size_t records, std::string const& file, Limits const& limits) &&;

  NetworkContent content;
  SourceId source;

 private:
  std::vector<DirtyField> dirty_;
  std::map<std::string, AgencyId> agencies_;
  std::map<std::string, std::size_t> used_;
};

}  // namespace tutela::detail
