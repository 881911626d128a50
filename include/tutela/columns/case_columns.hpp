// SPDX-License-Identifier: Apache-2.0
/// \file
/// Cases as a table, so that many of them are answered in columns.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/columns/arrow.hpp>
#include <tutela/model/case.hpp>
#include <tutela/risk/instrument.hpp>
#include <tutela/rules/pack.hpp>

namespace tutela::detail {
struct CaseColumnsContent;
}

namespace tutela::inline v0 {

/// The columns of a table for everything that a pack and instruments read. Immutable; copies share their content.
class CaseColumns {
 public:
  /// \param instruments They may be none.
  TUTELA_API CaseColumns(Pack const& pack, std::vector<Instrument> const& instruments);

  /// The type of the table: a column for each fact, dates, Booleans, texts, and decimals with six digits after the point.
  /// \param out Is overwritten; release it once.
  TUTELA_API void export_schema(ArrowSchema& out) const;

  /// True when a table holds all facts of the case that matter. Linear in its facts.
  [[nodiscard]] TUTELA_API bool holds(Case const& item) const;

  /// The table of some cases; a fact that a case lacks is null. Linear in the facts.
  ///
  /// Not every case fits into a table: facts with days of validity or recording, several values of one fact, values that are
  /// none, uncertain or partly known, lists, numbers of more digits.
  /// \param out Is overwritten; release it once.
  /// \return For each case whether the table holds all of its facts that matter. Of another its row is empty, and it is to be
  ///         asked about by itself.
  [[nodiscard]] TUTELA_API std::vector<bool> export_array(std::span<Case const> cases, ArrowArray& out) const;

 private:
  std::shared_ptr<detail::CaseColumnsContent const> content_;
};

}  // namespace tutela::inline v0
