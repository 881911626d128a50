// SPDX-License-Identifier: Apache-2.0
/// \file
/// Disclosure in Python: what may be told, pseudonyms, the history of a record, terms of keeping, checks of exports.

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <tutela/disclosure/anonymity.hpp>
#include <tutela/disclosure/pseudonym.hpp>
#include <tutela/disclosure/redacted_case.hpp>
#include <tutela/disclosure/small_cells.hpp>
#include <tutela/engine/telling.hpp>
#include <tutela/io/case.hpp>
#include <tutela/io/disclosure.hpp>

#include "answers.hpp"
#include "conversion.hpp"
#include "disclosure.hpp"

namespace tutela::python {
namespace {

Date day_given(py::handle value, char const* name)
{
  auto const day = to_date(value, name);
  if (!day) throw py::type_error(std::string(name) + ": give the day");
  return *day;
}

/// The enumerator of a word from the first to `last`. \throws ContractViolation for another word.
template <class E>
E enumerator_of(std::string const& word, E last, char const* what)
{
  for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(last); ++i)
    if (to_string(static_cast<E>(i)) == word) return static_cast<E>(i);
  throw ContractViolation("there is no " + std::string(what) + " \"" + word + "\"");
}

template <class T>
std::vector<T> ids_of(py::handle texts, char const* name)
{
  std::vector<T> ids;
  for (auto& text : to_texts(texts, name)) ids.emplace_back(std::move(text));
  return ids;
}

/// The member of a mapping; None where it is not there.
py::object member(py::handle mapping, char const* key) { return mapping.attr("get")(key); }

ConsentRecord to_consent(py::handle given)
{
  ConsentRecord consent;
  consent.category = DataCategory(given["category"].cast<std::string>());
  consent.answer = enumerator_of(given["answer"].cast<std::string>(), ConsentAnswer::refused, "answer");
  if (auto const by = member(given, "given_by"); !by.is_none()) consent.given_by = by.cast<std::string>();
  if (auto const about = member(given, "about"); !about.is_none()) {
    consent.about.clear();
    for (auto const& word : to_texts(about, "about"))
      consent.about.push_back(enumerator_of(word, Subject::others, "subject of data"));
  }
  if (auto const purposes = member(given, "purposes"); !purposes.is_none())
    consent.purposes = ids_of<Purpose>(purposes, "purposes");
  if (auto const to = member(given, "to"); !to.is_none()) consent.to = ids_of<NodeId>(to, "to");
  consent.valid = {to_date(member(given, "valid_from"), "valid_from"),
                   to_date(member(given, "valid_until"), "valid_until")};
  return consent;
}

DisclosureFinding ask_what_may_be_told(Case const& item, py::object const& to, std::string const& purpose,
                                       py::object const& on, std::vector<LoadedNetwork const*> const& networks,
                                       std::vector<LoadedPack const*> const& packs,
                                       std::vector<LoadedInstrument const*> const& instruments, py::object const& facts,
                                       py::object const& decisions, py::list const& consents, std::string const& role,
                                       std::string const& stays_in, py::object const& place_facts)
{
  Knowledge knowledge;
  for (auto const* network : networks) knowledge.networks.push_back(network->value);
  for (auto const* pack : packs) knowledge.packs.push_back(pack->value);
  for (auto const* instrument : instruments) knowledge.instruments.push_back(instrument->value);
  TellingRequest request{
      NodeId(to.cast<std::string>()),   role, Purpose(purpose),    to_texts(facts, "facts"),
      to_texts(decisions, "decisions"), {},   ServiceId(stays_in), to_texts(place_facts, "place_facts")};
  for (auto const& consent : consents) request.consents.push_back(to_consent(consent));
  return required(what_may_be_told(knowledge, item, request, day_given(on, "on"))).first;
}

PseudonymKeys make_keys(py::iterable const& pairs)
{
  std::vector<SecretKey> keys;
  for (auto const& pair : pairs) {
    auto const [id, secret] = pair.cast<std::pair<std::string, py::bytes>>();
    auto const view = static_cast<std::string_view>(secret);
    keys.push_back(required(SecretKey::build(id, std::as_bytes(std::span(view.data(), view.size())))).first);
  }
  return required(PseudonymKeys::build(std::move(keys))).first;
}

py::object truth_to_python(Truth truth)
{
  return truth == Truth::unknown ? py::object(py::none()) : py::object(py::bool_(truth == Truth::yes));
}

void bind_telling(py::module_& module)
{
  py::class_<PseudonymKeys>(module, "PseudonymKeys",
                            "Secret keys of pseudonyms: the one in use first, then earlier ones.\n\n"
                            "They cannot be read back, printed or pickled.")
      .def(py::init(&make_keys), "keys"_a, "Pairs of a public name and a secret of 32 to 64 random bytes.")
      .def(
          "pseudonym",
          [](PseudonymKeys const& self, std::string const& purpose, std::string const& identifier) {
            return self.pseudonym(Purpose(purpose), identifier);
          },
          "purpose"_a, "identifier"_a, "The pseudonym of an identifier for a purpose; another one for each purpose.")
      .def(
          "stands_for",
          [](PseudonymKeys const& self, std::string const& pseudonym, std::string const& purpose,
             std::string const& identifier) {
            return truth_to_python(self.stands_for(pseudonym, Purpose(purpose), identifier));
          },
          "pseudonym"_a, "purpose"_a, "identifier"_a,
          "Whether a pseudonym stands for an identifier; None when its key is not here.")
      .def("is_outdated", &PseudonymKeys::is_outdated, "pseudonym"_a, "True when it was made with an earlier key.")
      .def("__repr__", [](PseudonymKeys const& self) {
        return "<tutela.PseudonymKeys, " + std::to_string(self.keys().size()) + " keys>";
      });
  py::class_<DisclosureFinding>(module, "DisclosureFinding",
                                "What may be told to whom for which purpose, fact by fact.")
      .def_property_readonly(
          "told", [](DisclosureFinding const& self) { return to_python(self.told()); }, "Facts that may be told.")
      .def_readonly("minimum_known", &DisclosureFinding::minimum_known,
                    "False when nobody said what the purpose needs.")
      .def(
          "of_result",
          [](DisclosureFinding const& self, py::object const& facts) {
            return std::string(to_string(self.of_result(to_texts(facts, "facts"))));
          },
          "facts"_a,
          "`tell`, `unknown` or `withhold` for a result that rests on these facts: the least of what becomes of each.")
      .def(
          "to_json", [](DisclosureFinding const& self) { return write_disclosure(self); }, "The finding as JSON text.")
      .def(
          "to_dict", [](DisclosureFinding const& self) { return from_json(write_disclosure(self)); },
          "The finding as plain Python values: for who decides, not for the recipient.")
      .def(
          "redact",
          [](DisclosureFinding const& self, Case const& item, std::string const& pseudonym) {
            return redact(item, self, CaseId(pseudonym));
          },
          "case"_a, "pseudonym"_a, "The case as the recipient gets it: the facts that may be told and nothing else.")
      .def(
          "entry",
          [](DisclosureFinding const& self, Case const& told, std::string const& by, PseudonymKeys const& keys) {
            return from_json(write_disclosure_entry(entry_for(told, self, by, write_case(told), keys.keys().front())));
          },
          "told"_a, py::kw_only(), "by"_a, "keys"_a,
          "The entry of the log for a redacted case: who, to whom, when, what for, on which ground, and a keyed "
          "digest.")
      .def("__repr__", [](DisclosureFinding const& self) {
        return "<tutela.DisclosureFinding of " + to_string(self.on) + ", " + std::to_string(self.facts.size()) +
               " facts>";
      });
  module.def("_what_may_be_told", &ask_what_may_be_told, "case"_a, "to"_a, "purpose"_a, "on"_a, "networks"_a, "packs"_a,
             "instruments"_a, "facts"_a, "decisions"_a, "consents"_a, "role"_a, "stays_in"_a, "place_facts"_a,
             "Behind `tutela.what_may_be_told`.");
}

Handling to_handling(py::handle on, std::string const& by, std::string const& reason)
{
  return {day_given(on, "on"), by, reason, {}};
}

/// The facts as given, checked as one record.
Record facts_of(py::handle facts) { return to_record(facts, {}, {}, false); }

LegalHold to_hold(py::handle given)
{
  LegalHold hold;
  hold.reason = given["reason"].cast<std::string>();
  if (auto const categories = member(given, "categories"); !categories.is_none())
    hold.categories = ids_of<DataCategory>(categories, "categories");
  hold.valid = {to_date(member(given, "valid_from"), "valid_from"),
                to_date(member(given, "valid_until"), "valid_until")};
  return hold;
}

std::vector<LegalHold> to_holds(py::list const& given)
{
  std::vector<LegalHold> holds;
  for (auto const& hold : given) holds.push_back(to_hold(hold));
  return holds;
}

/// Declarations that say no more than the category of each fact.
Schema categories_to_schema(std::map<std::string, std::string> const& categories)
{
  std::vector<FactDeclaration> declarations;
  for (auto const& [fact, category] : categories) {
    declarations.emplace_back();
    declarations.back().name = fact;
    declarations.back().category = category;
  }
  return Schema(std::move(declarations));
}

KeptRecord rectify(KeptRecord const& self, std::string const& fact, py::handle value, std::string const& source,
                   py::handle on, std::string const& by, std::string const& reason, bool erase_old)
{
  py::dict one;
  one[py::str(fact)] = value;
  auto const record = facts_of(one);
  auto const right = record.facts().empty() ? Value::unknown(fact) : record.facts().front().value;
  auto const handling = to_handling(on, by, reason);
  return required(self.rectify(fact, right, {source, handling.on, {}}, handling, erase_old)).first;
}

KeptRecord lapse(KeptRecord const& self, py::handle facts, std::string const& kind, std::string const& source,
                 py::handle on, std::string const& by, std::string const& reason)
{
  LapsedRecord lapsed;
  lapsed.kind = enumerator_of(kind, HandlingKind::annulled, "way to lapse");
  lapsed.facts = to_texts(facts, "facts");
  lapsed.source = source;
  lapsed.handling = to_handling(on, by, reason);
  return required(self.lapse(lapsed)).first;
}

py::object retention_of(KeptRecord const& self, std::map<std::string, std::string> const& categories,
                        py::list const& rules, py::dict const& events, py::list const& holds, py::handle on)
{
  std::vector<RetentionRule> list;
  for (auto const& given : rules) {
    RetentionRule rule;
    rule.category = DataCategory(given["category"].cast<std::string>());
    if (auto const keep = member(given, "keep"); !keep.is_none()) {
      rule.keep = parse_term(keep.cast<std::string>());
      if (!rule.keep) throw ContractViolation("a term is written as \"5 years\" or \"30 days\"");
    }
    if (auto const from = member(given, "from"); !from.is_none()) rule.from = from.cast<std::string>();
    if (auto const act = member(given, "act"); !act.is_none()) {
      auto const article = member(given, "article");
      rule.citation =
          Citation{act.cast<std::string>(), article.is_none() ? "" : article.cast<std::string>(), {}, {}, {}, {}};
    }
    list.push_back(std::move(rule));
  }
  std::map<std::string, Date> days;
  for (auto const& [name, day] : events) days.emplace(name.cast<std::string>(), day_given(day, "events"));
  auto const today = day_given(on, "on");
  return from_json(write_retention(required(read_retention(self.readable(today), categories_to_schema(categories), list,
                                                           days, to_holds(holds), today))
                                       .first));
}

void bind_kept_record(py::module_& module)
{
  py::class_<KeptRecord>(module, "KeptRecord",
                         "The facts of one person with what was done to them; each operation gives a new record.")
      .def(py::init([](py::object const& facts) { return KeptRecord(facts_of(facts)); }), "facts"_a,
           "Facts as `pack.decide` takes them.")
      .def("rectify", &rectify, "fact"_a, "value"_a, py::kw_only(), "source"_a = "", "on"_a, "by"_a, "reason"_a,
           "erase_old"_a = false, "A right value in the place of a wrong one.")
      .def(
          "restrict",
          [](KeptRecord const& self, std::string const& fact, py::object const& on, std::string const& by,
             std::string const& reason) {
            return required(self.restrict_reading(fact, to_handling(on, by, reason))).first;
          },
          "fact"_a, py::kw_only(), "on"_a, "by"_a, "reason"_a, "Keeps a fact from being read until it is released.")
      .def(
          "release",
          [](KeptRecord const& self, std::string const& fact, py::object const& on, std::string const& by,
             std::string const& reason) { return required(self.release(fact, to_handling(on, by, reason))).first; },
          "fact"_a, py::kw_only(), "on"_a, "by"_a, "reason"_a, "Ends a restriction.")
      .def(
          "erase",
          [](KeptRecord const& self, std::string const& fact, py::object const& on, std::string const& by,
             std::string const& reason, std::map<std::string, std::string> const& categories, py::list const& holds) {
            return required(
                       self.erase(fact, to_handling(on, by, reason), categories_to_schema(categories), to_holds(holds)))
                .first;
          },
          "fact"_a, py::kw_only(), "on"_a, "by"_a, "reason"_a, "categories"_a = py::dict(), "holds"_a = py::list(),
          "Erases all values of a fact; refused while a legal hold keeps it.")
      .def("lapse", &lapse, "facts"_a, py::kw_only(), "kind"_a, "source"_a = "", "on"_a, "by"_a, "reason"_a,
           "Takes facts that rest on a `spent`, `sealed` or `annulled` record out of every reading from a day on.")
      .def(
          "readable",
          [](KeptRecord const& self, py::object const& on) {
            return facts_to_python(self.readable(day_given(on, "on")));
          },
          "on"_a, "The facts that rules and scores may read on a day, as `pack.decide` takes them.")
      .def("retention", &retention_of, py::kw_only(), "categories"_a, "rules"_a, "events"_a = py::dict(),
           "holds"_a = py::list(), "on"_a, "What is due for erasure when, by which article.")
      .def_property_readonly(
          "history", [](KeptRecord const& self) { return from_json(write_history(self.history())); },
          "What was done to which fact, who, when, why; no values.")
      .def("__repr__", [](KeptRecord const& self) {
        return "<tutela.KeptRecord, " + std::to_string(self.history().size()) + " entries>";
      });
}

py::dict anonymity_of(std::vector<std::vector<std::string>> columns, std::optional<std::vector<std::string>> sensitive,
                      std::size_t people, std::size_t values, py::object const& limits)
{
  auto const review =
      required(review_anonymity({std::move(columns), std::move(sensitive), people, values}, to_limits(limits))).first;
  py::dict found;
  found["passes"] = review.passes();
  found["smallest"] = review.smallest;
  found["least_values"] = review.least_values ? py::object(py::int_(*review.least_values)) : py::none();
  found["classes"] = review.classes.size();
  found["failing"] = py::cast(review.failing);
  return found;
}

py::list cells_shown(std::vector<std::vector<std::int64_t>> const& rows, std::int64_t smallest, std::int64_t width)
{
  CountTable table{rows.size(), rows.empty() ? 0 : rows.front().size(), {}};
  for (auto const& row : rows) {
    if (row.size() != table.columns) throw ContractViolation("the rows have different lengths");
    table.counts.insert(table.counts.end(), row.begin(), row.end());
  }
  auto const shown = required(suppress_small_cells(table, {smallest, width})).first;
  py::list lines;
  for (std::size_t row = 0; row < shown.rows; ++row) {
    py::list line;
    for (std::size_t column = 0; column < shown.columns; ++column) line.append(py::cast(shown.at(row, column)));
    lines.append(line);
  }
  return lines;
}

}  // namespace

void bind_disclosure(py::module_& module)
{
  bind_telling(module);
  bind_kept_record(module);
  module.def("_review_anonymity", &anonymity_of, "quasi_identifiers"_a, "sensitive"_a, "people"_a, "values"_a,
             "limits"_a, "Behind `tutela.review_anonymity`.");
  module.def("suppress_small_cells", &cells_shown, "rows"_a, py::kw_only(), "smallest"_a = 5, "width"_a = 5,
             "A table of counts with its sums, in which no small cell can be read or worked out: None where it is "
             "hidden.\n\n"
             "The last row and the last column are the sums. What a hidden cell may be stays at least `width` apart.");
}

}  // namespace tutela::python
