// SPDX-License-Identifier: Apache-2.0
/// \file
/// The words of the instrument format for the library's enumerations (internal), for reading and for writing.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include <tutela/risk/description.hpp>

#include "io/json_reader.hpp"

namespace tutela::detail::instrument_names {

inline constexpr std::string_view format = "tutela-instrument/1";

inline constexpr std::array<JsonName<InstrumentStatus>, 3> statuses{{{"official", InstrumentStatus::official},
                                                                     {"reproduced", InstrumentStatus::reproduced},
                                                                     {"demo", InstrumentStatus::demo}}};
inline constexpr std::array<JsonName<InstrumentOutcome>, 4> outcomes{
    {{"reoffending", InstrumentOutcome::reoffending},
     {"need", InstrumentOutcome::need},
     {"service_level", InstrumentOutcome::service_level},
     {"maltreatment", InstrumentOutcome::maltreatment}}};
inline constexpr std::array<JsonName<Leapling>, 2> leaplings{
    {{"on_28_february", Leapling::on_28_february}, {"on_1_march", Leapling::on_1_march}}};
inline constexpr std::array<JsonName<AgeReached>, 2> moments{
    {{"on_birthday", AgeReached::on_birthday}, {"day_after_birthday", AgeReached::day_after_birthday}}};
inline constexpr std::array<JsonName<Kind>, 4> types{
    {{"date", Kind::date}, {"number", Kind::number}, {"choice", Kind::string}, {"flag", Kind::boolean}}};
inline constexpr std::array<JsonName<Sensitivity>, 3> sensitivities{
    {{"ordinary", Sensitivity::ordinary}, {"personal", Sensitivity::personal}, {"sensitive", Sensitivity::sensitive}}};
inline constexpr std::array<JsonName<Rounding>, 7> roundings{{{"half_up", Rounding::half_up},
                                                              {"half_even", Rounding::half_even},
                                                              {"half_down", Rounding::half_down},
                                                              {"up", Rounding::up},
                                                              {"down", Rounding::down},
                                                              {"ceiling", Rounding::ceiling},
                                                              {"floor", Rounding::floor}}};
inline constexpr std::array<JsonName<int>, 2> directions{{{"up", 1}, {"down", -1}}};
inline constexpr std::array<JsonName<ScoreExpression::Operation>, 11> operations{
    {{"years", ScoreExpression::Operation::years},
     {"months", ScoreExpression::Operation::months},
     {"linear", ScoreExpression::Operation::linear},
     {"product", ScoreExpression::Operation::product},
     {"polynomial", ScoreExpression::Operation::polynomial},
     {"log_ratio", ScoreExpression::Operation::log_ratio},
     {"maximum", ScoreExpression::Operation::maximum},
     {"minimum", ScoreExpression::Operation::minimum},
     {"round", ScoreExpression::Operation::round},
     {"logistic", ScoreExpression::Operation::logistic},
     {"table", ScoreExpression::Operation::table}}};

template <class E, std::size_t n>
std::string name_of(std::array<JsonName<E>, n> const& names, E value)
{
  for (auto const& [name, one] : names)
    if (one == value) return std::string(name);
  return {};
}

}  // namespace tutela::detail::instrument_names
