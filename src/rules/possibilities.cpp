// SPDX-License-Identifier: Apache-2.0
/// \file
/// Collecting what a value may still turn out to be.
#include "rules/possibilities.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tutela::detail {
namespace {

/// True when nothing can be missing inside: most values are so, and need no search.
bool is_plain(Value const& value)
{
  auto const kind = value.kind();
  return kind <= Kind::months_duration || kind == Kind::function;
}

}  // namespace

void sort_unique(std::vector<std::string>& names)
{
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

OpenFacts open_facts(Value const& value)
{
  OpenFacts found;
  if (is_plain(value)) return found;
  std::vector<Value const*> open{&value};
  while (!open.empty()) {
    auto const& current = *open.back();
    open.pop_back();
    if (auto const* unknown = current.as_unknown()) {
      found.missing.insert(found.missing.end(), unknown->facts.begin(), unknown->facts.end());
      found.uncertain.insert(found.uncertain.end(), unknown->uncertain.begin(), unknown->uncertain.end());
    } else if (auto const* uncertain = current.as_uncertain()) {
      found.uncertain.insert(found.uncertain.end(), uncertain->facts.begin(), uncertain->facts.end());
    } else if (current.is(Kind::error)) {
      found.fault = true;
    } else if (auto const* list = current.as_list()) {
      for (auto const& item : list->items) open.push_back(&item);
      if (list->complete) continue;
      found.missing.insert(found.missing.end(), list->facts.begin(), list->facts.end());
      if (list->further == nullptr) continue;
      // what a further element hangs on matters as soon as there is one
      auto const inner = open_facts(*list->further);
      found.missing.insert(found.missing.end(), inner.missing.begin(), inner.missing.end());
      found.uncertain.insert(found.uncertain.end(), inner.uncertain.begin(), inner.uncertain.end());
    } else if (auto const* context = current.as_context()) {
      for (auto const& [name, entry] : context->entries) open.push_back(&entry);
    } else if (auto const* range = current.as_range()) {
      open.push_back(&range->low);
      open.push_back(&range->high);
    }
  }
  sort_unique(found.missing);
  sort_unique(found.uncertain);
  return found;
}

bool is_definite(Value const& value)
{
  if (is_plain(value)) return true;
  std::vector<Value const*> open{&value};
  while (!open.empty()) {
    auto const& current = *open.back();
    open.pop_back();
    if (current.is(Kind::unknown) || current.is(Kind::uncertain) || current.is(Kind::error)) return false;
    if (auto const* list = current.as_list()) {
      if (!list->complete) return false;
      for (auto const& item : list->items) open.push_back(&item);
    } else if (auto const* context = current.as_context()) {
      for (auto const& [name, entry] : context->entries) open.push_back(&entry);
    } else if (auto const* range = current.as_range()) {
      open.push_back(&range->low);
      open.push_back(&range->high);
    }
  }
  return true;
}

Fault const* first_fault(Value const& value)
{
  std::vector<Value const*> open{&value};
  while (!open.empty()) {
    auto const& current = *open.back();
    open.pop_back();
    if (auto const* fault = current.as_fault()) return fault;
    if (auto const* list = current.as_list()) {
      for (auto item = list->items.rbegin(); item != list->items.rend(); ++item) open.push_back(&*item);
    } else if (auto const* context = current.as_context()) {
      for (auto entry = context->entries.rbegin(); entry != context->entries.rend(); ++entry)
        open.push_back(&entry->second);
    }
  }
  return nullptr;
}

Value without_unknown(Value const& value)
{
  if (value.is(Kind::unknown) || value.is(Kind::uncertain) || value.is(Kind::error)) return Value();
  if (auto const* list = value.as_list()) {
    List known;
    for (auto const& item : list->items) known.items.push_back(without_unknown(item));
    return Value(std::move(known));
  }
  if (auto const* context = value.as_context()) {
    Context known;
    for (auto const& [name, entry] : context->entries) known.entries.emplace_back(name, without_unknown(entry));
    return Value(std::move(known));
  }
  return value;
}

void Possibilities::add_fact(std::string fact) { facts_.push_back(std::move(fact)); }

void Possibilities::add_facts(Value const& value)
{
  auto found = open_facts(value);
  std::move(found.missing.begin(), found.missing.end(), std::back_inserter(facts_));
  std::move(found.uncertain.begin(), found.uncertain.end(), std::back_inserter(uncertain_));
}

void Possibilities::add(Value const& value)
{
  auto insert = [this](Value const& member) {
    if (std::find(values_.begin(), values_.end(), member) != values_.end()) return;
    if (values_.size() < most_)
      values_.push_back(member);
    else
      open_ = approximate_ = true;
  };
  add_facts(value);
  if (auto const* unknown = value.as_unknown()) {
    approximate_ = approximate_ || unknown->domain.approximate;
    switch (unknown->domain.kind) {
      case Domain::Kind::set:
        for (auto const& member : unknown->domain.values) insert(member);
        break;
      case Domain::Kind::range: ranges_.push_back(unknown->domain.range); break;
      case Domain::Kind::any: open_ = true; break;
    }
  } else if (value.is(Kind::uncertain)) {
    open_ = true;
  } else {
    insert(value);
  }
}

Value Possibilities::to_value() &&
{
  sort_unique(facts_);
  sort_unique(uncertain_);
  if (listed() && values_.size() == 1) return values_.front();
  Domain domain;
  domain.approximate = approximate_;
  if (listed()) {
    domain.kind = Domain::Kind::set;
    domain.values = std::move(values_);
  } else if (!open_ && values_.empty() && ranges_.size() == 1) {
    domain.kind = Domain::Kind::range;
    domain.range = std::move(ranges_.front());
  } else {
    domain.kind = Domain::Kind::any;
    domain.approximate = true;
  }
  return Value(Unknown{std::move(facts_), std::move(uncertain_), std::move(domain)});
}

}  // namespace tutela::detail
