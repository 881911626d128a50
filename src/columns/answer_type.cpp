// SPDX-License-Identifier: Apache-2.0
/// \file
/// As what the answers to a decision are handed out.
#include "columns/answer_type.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "columns/amount_form.hpp"
#include "columns/program.hpp"
#include "rules/model.hpp"

namespace tutela::detail {
namespace {

AnswerType type_of_answers(std::vector<Value> const& answers)
{
  AnswerType type{Kind::none, 0};
  for (auto const& answer : answers) {
    if (answer.is_none()) continue;
    if (type.kind != Kind::none && answer.kind() != type.kind) return {};
    type.kind = answer.kind();
    auto const* number = answer.as_number();
    auto const scale = number != nullptr ? digits_after_point(*number) : std::optional<int>(0);
    if (!scale) return {};
    type.scale = std::max(type.scale, *scale);
  }
  if (type.kind == Kind::number || type.kind == Kind::date) {
    // The larger scale of another answer adds digits.
    AmountForm const form(type.kind, type.scale);
    bool const fit = std::all_of(answers.begin(), answers.end(),
                                 [&](Value const& answer) { return answer.is_none() || form.count(answer); });
    return fit ? type : AnswerType{};
  }
  return type.kind == Kind::boolean ? type : AnswerType{};
}

/// True where each computed answer is a formula of a truth, and the others are Booleans or none.
bool gives_booleans(ColumnDecision const& decision)
{
  auto const constant = decision.answers.begin() + decision.first_computed;
  return std::all_of(decision.answers.begin(), constant,
                     [](Value const& answer) { return answer.is_none() || answer.is(Kind::boolean); }) &&
         std::all_of(decision.computed.begin(), decision.computed.end(), [](ColumnAnswer const& answer) {
           return answer.formula != nullptr && answer.formula->kind == Kind::boolean;
         });
}

}  // namespace

AnswerType answer_type(ColumnProgram const& program, std::size_t index)
{
  auto const& decision = program.decisions[index];
  if (decision.amounts) return {decision.amounts->kind(), decision.amounts->scale()};
  if (decision.plan != nullptr && decision.computed.empty()) return type_of_answers(decision.answers);
  if (decision.plan != nullptr && gives_booleans(decision)) return {Kind::boolean, 0};
  auto const& pack = program.pack.impl();
  if (decision.index >= pack.nodes.size()) return {};
  auto const& texts = pack.model->nodes[pack.nodes[decision.index]].texts;
  auto const all = [&](Type::Kind kind) {
    return std::all_of(texts.begin(), texts.end(), [&](NodeText const& text) { return text.type.type.is(kind); });
  };
  return all(Type::Kind::boolean) ? AnswerType{Kind::boolean, 0} : AnswerType{};
}

}  // namespace tutela::detail
