// SPDX-License-Identifier: Apache-2.0
/// \file
/// The decisions of a pack for every row of a table.
#include <tutela/columns/batch.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "columns/batch_content.hpp"
#include "columns/element_match.hpp"
#include "columns/program.hpp"

namespace tutela::detail {
namespace {

/// Finds the column of each fact; tells everything that does not fit.
class ColumnMatch {
 public:
  ColumnMatch(ColumnProgram& program, ArrowSchema const& schema)
      : program_(program), columns_(columns_of(schema, program.options.limits.nesting))
  {
    for (std::size_t i = 0; i < columns_.size(); ++i) ++uses_[columns_[i].name];
  }

  std::vector<Diagnostic> run()
  {
    for (auto const& rule : program_.options.columns) check(rule);
    auto const& declarations = program_.pack.schema().declarations();
    for (std::size_t i = 0; i < declarations.size(); ++i) match(i, declarations[i]);
    if (wrong_.empty() && program_.columns.empty())
      add(Code::missing_key, {}, "no column of the table is a fact of the pack", "name the columns as the facts");
    return std::move(wrong_);
  }

 private:
  void add(Code code, std::string const& column, std::string what, std::string mend)
  {
    wrong_.push_back(
        {code, Severity::error, {{}, 0, 0, column.empty() ? "" : "/" + column}, std::move(what), std::move(mend)});
  }

  TableColumn const* find(std::string_view name) const
  {
    auto const found =
        std::find_if(columns_.begin(), columns_.end(), [&](TableColumn const& each) { return each.name == name; });
    return found == columns_.end() ? nullptr : &*found;
  }

  void check(ColumnRule const& rule)
  {
    auto const& column = rule.column.empty() ? rule.fact : rule.column;
    if (program_.pack.schema().find(rule.fact) == nullptr)
      add(Code::unknown_fact, column, "the pack reads no fact '" + rule.fact + "'",
          "use the name of a fact of the pack");
    else if (!rules_.emplace(rule.fact, &rule).second)
      add(Code::duplicate_key, column, "the fact '" + rule.fact + "' is given two columns", "leave one of them out");
    else if (find(column) == nullptr)
      add(Code::missing_key, column, "the table has no column '" + column + "'",
          "use the name of a column of the table");
  }

  void match(std::size_t place, FactDeclaration const& fact)
  {
    auto const found = rules_.find(fact.name);
    FactColumn made;
    if (found != rules_.end()) made.rule = *found->second;
    made.rule.fact = fact.name;
    auto const& name = made.rule.column.empty() ? fact.name : made.rule.column;
    auto const* column = find(name);
    if (column == nullptr) return;
    made.column = *column;
    made.declaration = place;
    auto why = column->refused;
    if (why.empty()) why = mismatch(fact.type, *column->format);
    if (why.empty()) why = refused_doubles(made);
    if (why.empty() && uses_.at(name) > 1) why = "the table has more than one column of that name";
    if (!why.empty()) return misfit(name, fact, why);
    if (is_list(column->format->layout) && !match_list(made, fact)) return;
    program_.columns.push_back(std::move(made));
  }

  void misfit(std::string const& name, FactDeclaration const& fact, std::string const& why)
  {
    add(Code::wrong_type, name, "the column '" + name + "' does not fit the fact '" + fact.name + "': " + why, {});
  }

  bool match_list(FactColumn& list, FactDeclaration const& fact)
  {
    auto const& model = *program_.pack.impl().model;
    auto const leaf = model.leaf(fact.name);
    if (!leaf) {
      misfit(list.column.name, fact, "its fact is a part of the elements of another list");
      return false;
    }
    auto const& tree = *model.leaves[*leaf].tree;
    auto const wrong = match_elements(list, tree.type, tree.item);
    for (auto const& [name, why] : wrong) misfit(name, fact, why);
    return wrong.empty();
  }

  ColumnProgram& program_;
  std::vector<TableColumn> columns_;
  std::map<std::string, std::size_t> uses_;
  std::map<std::string, ColumnRule const*> rules_;
  std::vector<Diagnostic> wrong_;
};

void name_decisions(ColumnProgram& program)
{
  auto asked = program.options.decisions;
  if (asked.empty())
    for (auto const& each : program.pack.decisions()) asked.push_back(each.name);
  std::set<std::string> without;
  for (auto const& name : asked) {
    program.paths.push_back({name, false, {}});
    // The library itself says where a day is needed.
    if (!program.on) static_cast<void>(program.pack.decide(name, Record(), program.on, program.decide_options));
    auto const* found = program.pack.find(name);
    if (found == nullptr) continue;
    for (auto const& fact : found->facts)
      if (std::none_of(program.columns.begin(), program.columns.end(), [&](FactColumn const& column) {
            return column.rule.fact == fact || holds_component(column, fact);
          }))
        without.insert(fact);
  }
  program.without_column.assign(without.begin(), without.end());
}

}  // namespace
}  // namespace tutela::detail

namespace tutela::inline v0 {

Result<BatchProgram> BatchProgram::compile(Pack const& pack, ArrowSchema const& schema, std::optional<Date> on,
                                           BatchOptions const& options)
{
  using namespace detail;
  if (schema.release == nullptr) throw ContractViolation("the schema was released");
  if (schema.format == nullptr || std::string_view(schema.format) != "+s")
    return Diagnostic{
        Code::wrong_type, Severity::error, {}, "the table is no struct of columns", "give a table or a record batch"};
  auto program = std::make_shared<ColumnProgram>(pack, on, options);
  program->decide_options.law_on = options.law_on;
  program->decide_options.jurisdiction = options.jurisdiction;
  program->decide_options.include_unverified = options.include_unverified;
  program->decide_options.limits = options.limits;
  program->decide_options.reasons = false;
  if (auto wrong = ColumnMatch(*program, schema).run(); !wrong.empty()) return wrong;
  name_decisions(*program);
  ColumnCompiler(*program).compile();
  return BatchProgram(std::shared_ptr<ColumnProgram const>(std::move(program)));
}

std::vector<DecisionPath> const& BatchProgram::decisions() const noexcept { return impl_->paths; }

std::vector<std::string> const& BatchProgram::facts_without_column() const noexcept { return impl_->without_column; }

namespace {

detail::Ending const& ending(detail::BatchContent const& content, std::size_t decision, std::size_t row)
{
  if (decision >= content.decisions.size() || row >= content.rows)
    throw ContractViolation("there is no such decision or row");
  auto const& answers = content.decisions[decision];
  return (*answers.endings)[answers.planes.number(row)];
}

}  // namespace

namespace {

detail::Ending const& detailed(detail::BatchContent const& content, std::size_t decision, std::size_t row)
{
  if (!content.program->options.missing) throw ContractViolation("the missing facts were not asked for");
  return ending(content, decision, row);
}

}  // namespace

std::size_t BatchAnswers::rows() const noexcept { return content_->rows; }
std::vector<DecisionPath> const& BatchAnswers::decisions() const noexcept { return content_->program->paths; }

Outcome BatchAnswers::outcome(std::size_t decision, std::size_t row) const
{
  return ending(*content_, decision, row).outcome;
}

Value const& BatchAnswers::value(std::size_t decision, std::size_t row) const
{
  return ending(*content_, decision, row).value;
}

std::vector<std::string> const& BatchAnswers::missing(std::size_t decision, std::size_t row) const
{
  return detailed(*content_, decision, row).missing;
}

std::vector<std::string> const& BatchAnswers::uncertain(std::size_t decision, std::size_t row) const
{
  return detailed(*content_, decision, row).uncertain;
}

std::optional<std::size_t> BatchAnswers::rule(std::size_t decision, std::size_t row) const
{
  if (!content_->program->options.rules) throw ContractViolation("the rules were not asked for");
  return ending(*content_, decision, row).rule;
}

BatchShares const& BatchAnswers::shares(std::size_t decision) const
{
  if (decision >= content_->decisions.size()) throw ContractViolation("there is no such decision");
  return content_->decisions[decision].shares;
}

}  // namespace tutela::inline v0
