// SPDX-License-Identifier: Apache-2.0
/// \file
/// A published risk or needs scale, checked whole and ready to score.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/risk/description.hpp>

namespace tutela::detail {
struct InstrumentProgram;
}

namespace tutela::inline v0 {

/// An instrument: immutable, cheap to copy, shared between threads.
class Instrument {
 public:
  /// Checks a description and compiles it.
  ///
  /// Refused, each with its place as a JSON pointer into the file format: names used before they are declared or
  /// twice; a fact without bounded range, choices or usable missing rule; a constant that is no decimal number; a
  /// table without a row for every case; bands with a gap, an overlap or a value no score can have; an instrument
  /// on reoffending that names no recorded act; no source, no rights.
  /// \param file Name for the diagnostics.
  [[nodiscard]] TUTELA_API static Result<Instrument> build(InstrumentDescription description,
                                                           std::string const& file = {}, Limits const& limits = {});

  /// `uk/ogrs3`.
  [[nodiscard]] TUTELA_API std::string const& id() const& noexcept;

  /// What the file said.
  [[nodiscard]] TUTELA_API InstrumentDescription const& description() const& noexcept;

  /// The instrument with the bands of the norm that holds in one place on one day.
  ///
  /// `score` and `score_batch` do this by themselves; for everything that reads the bands of an instrument. One without
  /// norms is returned as it is. What is returned is for scoring; the file is written from the instrument itself.
  /// \return A diagnostic when no norm holds there then, or when norms change and no day is given.
  [[nodiscard]] TUTELA_API Result<Instrument> normed(std::string_view jurisdiction, std::optional<Date> on = {}) const;

  /// The facts it reads, as a schema: for questions, checks and disclosure.
  [[nodiscard]] TUTELA_API Schema const& schema() const& noexcept;

  /// The compiled form; for the sources of this room only.
  [[nodiscard]] detail::InstrumentProgram const& program() const& noexcept { return *program_; }

 private:
  explicit Instrument(std::shared_ptr<detail::InstrumentProgram const> program) : program_(std::move(program)) {}

  std::shared_ptr<detail::InstrumentProgram const> program_;
};

}  // namespace tutela::inline v0
