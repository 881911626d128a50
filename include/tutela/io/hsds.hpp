// SPDX-License-Identifier: Apache-2.0
/// \file
/// Networks in the Human Services Data Specification, HSDS 3.1.3: JSON and the tabular data package.
///
/// HSDS has no agreements, grounds, waiting times or rules of admission. They travel in a profile: a member `tutela`
/// of the
/// JSON, a resource `tutela_network.json` of the package, in the format `tutela-network/1`, which readers of HSDS skip.
/// Source: https://docs.openreferral.org/en/v3.1.3/.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>
#include <tutela/model/publication.hpp>
#include <tutela/referral/network.hpp>

namespace tutela::inline v0 {

/// One file of a data package.
struct HsdsFile {
  std::string name;  ///< `services.csv`.
  std::string text;  ///< Its content.

  friend bool operator==(HsdsFile const&, HsdsFile const&) = default;
};

/// A field of an imported file that could not be used as it stands. The service is imported without it.
struct DirtyField {
  std::string pointer;  ///< Where: `/providers/17/capacitate`, or `/17/service_min_age` for rows of a table.
  std::string written;  ///< What stands there, unchanged, so that nothing is lost.
  std::string why;      ///< Why it could not be used.

  friend bool operator==(DirtyField const&, DirtyField const&) = default;
};

/// A network made from data that others wrote, with everything in them that somebody should look at.
struct ImportedNetwork {
  Network network;                ///< What could be used.
  std::vector<DirtyField> dirty;  ///< What could not, all of it, in the order of the file.
  std::size_t records = 0;        ///< Services in the file; each is in the network.
};

/// The network as one page of HSDS services in JSON.
///
/// Identifiers that are not UUIDs become UUIDs (version 8 of RFC 9562, from the identifier alone, so always the
/// same); the
/// profile keeps ours. HSDS wants of each service a status and of each capacity free places: a status that is not
/// published is written `active` and is absent in the profile; a capacity without published free places is in the
/// profile only. Places are written as far as they may be shown on the day, for every service that is given there: not
/// exact means no position and no name of the house, none means no place at all, in the profile too.
[[nodiscard]] TUTELA_API std::string write_hsds(Network const& network, Date on, Language language = Language::en);

/// The same as a tabular data package: `datapackage.json`, one CSV for each table, and the profile.
[[nodiscard]] TUTELA_API std::vector<HsdsFile> write_hsds_package(Network const& network, Date on,
                                                                  Language language = Language::en);

/// Reads HSDS services from JSON: a page with `contents`, a list, or one service. With our profile the network is
/// that of
/// the profile; without it it is made from organizations, services, locations and capacities, without any ground.
/// \param source Where the data are from; its date is required.
/// \return Diagnostics of text that is no JSON within the limits, holds no service, or a profile that is wrong.
[[nodiscard]] TUTELA_API Result<ImportedNetwork> parse_hsds(std::string_view text, Publication const& source,
                                                            std::string const& file = {}, Limits const& limits = {});

/// Reads a tabular data package; names of tables as `write_hsds_package` has them. Errors as for `parse_hsds`, and of
/// `parse_table`.
[[nodiscard]] TUTELA_API Result<ImportedNetwork> parse_hsds_package(std::vector<HsdsFile> const& files,
                                                                    Publication const& source,
                                                                    Limits const& limits = {});

/// Reads the Romanian register of licensed social services as gov-ithub/servicii-sociale publishes it: JSON with the
/// kinds
/// (`ss`) and the services (`providers`). Every service comes in, with the kind, ages, capacity and position that could
/// be read; free places stay unknown, since the register has none.
/// \return Errors as for `parse_hsds`.
[[nodiscard]] TUTELA_API Result<ImportedNetwork> import_romanian_register(std::string_view text,
                                                                          Publication const& source,
                                                                          std::string const& file = {},
                                                                          Limits const& limits = {});

/// Reads the Florida directory of legal aid of openreferral/hsds-transformer: CSV with ages, income, immigration,
/// veteran and
/// incarceration conditions. Conditions that no type of ours holds stand in the admission's note, by column.
/// \return Errors as for `parse_hsds_package`.
[[nodiscard]] TUTELA_API Result<ImportedNetwork> import_florida_services(std::string_view csv,
                                                                         Publication const& source,
                                                                         std::string const& file = {},
                                                                         Limits const& limits = {});

}  // namespace tutela::inline v0
