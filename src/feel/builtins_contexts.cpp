// SPDX-License-Identifier: Apache-2.0
/// \file
/// Built-in functions on contexts and on truth.
#include <algorithm>
#include <array>

#include "feel/builtins.hpp"
#include "feel/operations.hpp"

namespace tutela::detail {

namespace {

Value get_value(Site const& site, std::span<Value const> arguments)
{
  auto const* found = arguments[0].as_context()->find(string_in(arguments[1]));
  return found == nullptr ? site.fail("the context has no entry of that name") : *found;
}

Value get_entries(Site const&, std::span<Value const> arguments)
{
  List result;
  for (auto const& [name, value] : arguments[0].as_context()->entries) {
    result.items.emplace_back(Context{{{"key", Value(name)}, {"value", value}}});
  }
  return Value(std::move(result));
}

Context with(Context context, std::string const& name, Value value)
{
  auto const found = std::find_if(context.entries.begin(), context.entries.end(),
                                  [&name](auto const& entry) { return entry.first == name; });
  if (found == context.entries.end()) {
    context.entries.emplace_back(name, std::move(value));
  } else {
    found->second = std::move(value);
  }
  return context;
}

Value context_put(Site const&, std::span<Value const> arguments)
{
  return Value(with(*arguments[0].as_context(), string_in(arguments[1]), arguments[2]));
}

Value put_at(Site const& site, Value const& owner, std::span<Value const> keys, Value const& value)
{
  auto const* context = owner.as_context();
  auto const* name = keys.front().as_string();
  if (context == nullptr || name == nullptr) return site.fail("the names do not lead through contexts");
  if (keys.size() == 1) return Value(with(*context, *name, value));
  auto const* inner = context->find(*name);
  if (inner == nullptr) return site.fail("the context has no entry of that name");
  Value changed = put_at(site, *inner, keys.subspan(1), value);
  if (!changed.is(Kind::context)) return changed;
  return Value(with(*context, *name, std::move(changed)));
}

Value context_put_at(Site const& site, std::span<Value const> arguments)
{
  auto const& keys = list_in(arguments[1]).items;
  if (keys.empty()) return site.fail("no name is given");
  if (keys.size() > site.evaluation.limits.nesting) return site.fail_limit("nesting");
  return put_at(site, arguments[0], keys, arguments[2]);
}

Value context_merge(Site const& site, std::span<Value const> arguments)
{
  Context result;
  for (auto const& item : list_in(arguments[0]).items) {
    auto const* context = item.as_context();
    if (context == nullptr) return site.fail("only contexts can be merged");
    for (auto const& [name, value] : context->entries) {
      if (!site.spend()) return site.fail_limit("evaluation_steps");
      result = with(std::move(result), name, value);
    }
  }
  return Value(std::move(result));
}

Value make_context(Site const& site, std::span<Value const> arguments)
{
  Context result;
  for (auto const& item : list_in(arguments[0]).items) {
    auto const* entry = item.as_context();
    auto const* key = entry == nullptr ? nullptr : entry->find("key");
    auto const* value = entry == nullptr ? nullptr : entry->find("value");
    auto const* name = key == nullptr ? nullptr : key->as_string();
    if (name == nullptr || value == nullptr) return site.fail("each entry needs a `key` that is a text, and a `value`");
    if (result.find(*name) != nullptr) return site.fail("two entries have the same key");
    result.entries.emplace_back(*name, *value);
  }
  return Value(std::move(result));
}

Value logical_not(Site const& site, std::span<Value const> arguments)
{
  auto const* list = arguments[0].as_list();
  if (site.legal() && list != nullptr && !list->complete && list->items.size() < 2)
    return perhaps_one_element(arguments[0]);
  if (auto const members = possibilities_of(arguments[0]); site.legal() && members && arguments[0].is(Kind::unknown)) {
    std::vector<Value> results;  // each may be a list of one element
    for (auto const& member : *members) results.push_back(logical_not(site, {&member, 1}));
    Causes causes;
    causes.add(arguments[0]);
    return join(site, results, std::move(causes));
  }
  bool const alone = list != nullptr && list->complete && list->items.size() == 1;
  return complement(site, alone && !list->items.front().is(Kind::list) ? list->items.front() : arguments[0]);
}

// For interviews only: whether an answer is there does not stay the same when more becomes known.
Value is_known(Site const&, std::span<Value const> arguments) { return Value(!is_open(arguments[0])); }

Value is_uncertain(Site const&, std::span<Value const> arguments)
{
  // A value with bounds cannot be known either when nothing that it depends on can be asked.
  auto const* unknown = arguments[0].as_unknown();
  bool const bounded = unknown != nullptr && unknown->facts.empty() && !unknown->uncertain.empty();
  return Value(arguments[0].is(Kind::uncertain) || bounded);
}

constexpr std::array contexts{
    Signature{"get value", "m: context, key: string", get_value},
    Signature{"get entries", "m: context", get_entries},
    Signature{"context put", "context: context, key: string, value: any", context_put},
    Signature{"context put", "context: context, keys: list, value: any", context_put_at},
    Signature{"context merge", "contexts: list", context_merge},
    Signature{"context", "entries: list", make_context},
};

constexpr std::array logic{
    Signature{"not", "negand: any", logical_not, Strictness::lenient},
    Signature{"is known", "value: any", is_known, Strictness::lenient},
    Signature{"is uncertain", "value: any", is_uncertain, Strictness::lenient},
};

}  // namespace

std::span<Signature const> context_signatures() { return contexts; }

std::span<Signature const> logic_signatures() { return logic; }

}  // namespace tutela::detail
