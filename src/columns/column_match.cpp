// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which column of a table each fact is read from, and everything that does not fit.
#include "columns/column_match.hpp"

#include <algorithm>
#include <utility>

#include "columns/element_match.hpp"

namespace tutela::detail {

ColumnMatch::ColumnMatch(ArrowSchema const& schema, BatchOptions const& options)
    : options_(options), columns_(columns_of(schema, options.limits.nesting))
{
  for (auto const& column : columns_) ++uses_[column.name];
  for (auto const& rule : options.columns)
    if (!rules_.emplace(rule.fact, &rule).second)
      add(Code::duplicate_key, rule.column.empty() ? rule.fact : rule.column,
          "the fact '" + rule.fact + "' is given two columns", "leave one of them out");
}

void ColumnMatch::add(Code code, std::string const& column, std::string what, std::string mend)
{
  Diagnostic made{
      code, Severity::error, {{}, 0, 0, column.empty() ? "" : "/" + column}, std::move(what), std::move(mend)};
  // A pack and an instrument may read one fact: what is wrong with its column is told once.
  if (std::find(wrong_.begin(), wrong_.end(), made) == wrong_.end()) wrong_.push_back(std::move(made));
}

TableColumn const* ColumnMatch::find(std::string_view name) const
{
  auto const found =
      std::find_if(columns_.begin(), columns_.end(), [&](TableColumn const& each) { return each.name == name; });
  return found == columns_.end() ? nullptr : &*found;
}

void ColumnMatch::check_rules(std::vector<Schema const*> const& schemas)
{
  for (auto const& [fact, rule] : rules_) {
    auto const& column = rule->column.empty() ? rule->fact : rule->column;
    bool const known = std::any_of(schemas.begin(), schemas.end(),
                                   [&](Schema const* schema) { return schema->find(rule->fact) != nullptr; });
    if (!known)
      add(Code::unknown_fact, column, "nothing that is asked reads a fact '" + rule->fact + "'",
          "use the name of a fact of the pack or of an instrument");
    else if (find(column) == nullptr)
      add(Code::missing_key, column, "the table has no column '" + column + "'",
          "use the name of a column of the table");
  }
}

std::optional<FactColumn> ColumnMatch::match(FactDeclaration const& fact, std::size_t place)
{
  return refuse_lists(found(fact.name, place, fact.type));
}

std::optional<FactColumn> ColumnMatch::match(FactDeclaration const& fact, std::size_t place, Model const& model)
{
  auto made = found(fact.name, place, fact.type);
  if (!made || !is_list(made->column.format->layout)) return made;
  auto const leaf = model.leaf(fact.name);
  if (!leaf) {
    misfit(made->column.name, fact.name, "its fact is a part of the elements of another list");
    return std::nullopt;
  }
  auto const& tree = *model.leaves[*leaf].tree;
  auto const wrong = match_elements(*made, tree.type, tree.item);
  for (auto const& [name, why] : wrong) misfit(name, fact.name, why);
  return wrong.empty() ? made : std::nullopt;
}

std::optional<FactColumn> ColumnMatch::match_any(std::string const& fact)
{
  return refuse_lists(found(fact, 0, std::nullopt));
}

/// What no pack declares has no type for the elements of a list.
std::optional<FactColumn> ColumnMatch::refuse_lists(std::optional<FactColumn> column)
{
  if (!column || !is_list(column->column.format->layout)) return column;
  misfit(column->column.name, column->rule.fact, "it holds lists, which no instrument reads");
  return std::nullopt;
}

void ColumnMatch::misfit(std::string const& column, std::string const& fact, std::string const& why)
{
  add(Code::wrong_type, column, "the column '" + column + "' does not fit the fact '" + fact + "': " + why, {});
}

std::vector<std::string> ColumnMatch::facts_below(std::string_view head) const
{
  std::vector<std::string> names;
  auto const belongs = [&](std::string_view name) {
    return name == head ||
           (name.size() > head.size() && name.substr(0, head.size()) == head && name[head.size()] == '.');
  };
  for (auto const& column : columns_)
    if (belongs(column.name)) names.push_back(column.name);
  for (auto const& [fact, rule] : rules_)
    if (belongs(fact) && std::find(names.begin(), names.end(), fact) == names.end()) names.push_back(fact);
  return names;
}

std::vector<std::string> ColumnMatch::unread() const
{
  std::vector<std::string> names;
  for (auto const& column : columns_)
    if (!read_.contains(column.name)) names.push_back(column.name);
  return names;
}

/// \param type Nothing where any will do.
std::optional<FactColumn> ColumnMatch::found(std::string const& fact, std::size_t place, std::optional<Kind> type)
{
  auto const rule = rules_.find(fact);
  FactColumn made;
  if (rule != rules_.end()) made.rule = *rule->second;
  made.rule.fact = fact;
  auto const& name = made.rule.column.empty() ? fact : made.rule.column;
  auto const* column = find(name);
  if (column == nullptr) return std::nullopt;
  read_.insert(name);
  made.column = *column;
  made.declaration = place;
  auto why = column->refused;
  if (why.empty() && type) why = mismatch(*type, *column->format);
  if (why.empty()) why = refused_doubles(made);
  if (why.empty() && uses_.at(name) > 1) why = "the table has more than one column of that name";
  if (why.empty()) return made;
  misfit(name, fact, why);
  return std::nullopt;
}

Diagnostic unreadable(FactColumn const& column, ValueProblem problem)
{
  return {Code::wrong_type,
          Severity::error,
          {{}, 0, 0, "/" + column.column.name},
          "the column '" + column.column.name + "' cannot be read: " + problem.what,
          std::move(problem.mend)};
}

}  // namespace tutela::detail
