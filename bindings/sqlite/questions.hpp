// SPDX-License-Identifier: Apache-2.0
/// \file
/// Packs that were loaded and questions that were prepared, for all statements of one connection.
#pragma once

#include <sqlite3ext.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>

#include <tutela/base/date.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/proof.hpp>
#include <tutela/rules/session.hpp>

#include "databases/kept.hpp"

namespace tutela::sqlite {

/// A decision on a day, with the session that asks it.
class Question {
 public:
  Question(std::shared_ptr<Session> session, std::string decision, std::optional<Date> on);

  [[nodiscard]] Session& session() const { return *session_; }
  [[nodiscard]] PreparedDecision const& prepared() const { return prepared_; }

  /// The proof for the facts of the session.
  [[nodiscard]] Proof prove() const;

 private:
  std::shared_ptr<Session> session_;
  std::string decision_;
  std::optional<Date> on_;
  PreparedDecision prepared_;
};

/// Keeps packs and questions. SQLite runs one statement of a connection at a time, so nothing is locked.
class Questions {
 public:
  /// The question of a call; it lives until the next call. \param arguments Of the call: pack, decision and day first.
  /// \throws Error when the pack cannot be loaded, has no such decision, or an argument is NULL where it is needed.
  [[nodiscard]] Question const& find(std::span<sqlite3_value* const> arguments);

 private:
  using Key = std::tuple<std::string, std::string, std::string>;  ///< Pack, decision, day.

  std::shared_ptr<Session> const& session(std::string const& pack);

  databases::Kept<std::string, std::shared_ptr<Session>> sessions_{databases::most_packs};  ///< One for each pack.
  /// A statement with a day of its own in each row would otherwise keep a question for each.
  databases::Kept<Key, Question> questions_{1024};
};

}  // namespace tutela::sqlite
