// SPDX-License-Identifier: Apache-2.0
/// \file
/// Papers of cases, and which ones the law asks for, from JSON and to JSON.
#include <tutela/io/documents.hpp>

#include <algorithm>
#include <utility>

#include "io/json_fields.hpp"
#include "io/json_reader.hpp"
#include "io/law_fields.hpp"
#include "packs/shipped.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonObject;
using detail::fields::put;
using Json = detail::fields::OrderedJson;

Document read_document(JsonObject& object)
{
  Document document;
  document.kind = object.text("kind");
  document.reference = object.optional_text("reference").value_or("");
  document.issuer = object.optional_text("issuer").value_or("");
  document.issued = detail::read_optional_day(object, "issued");
  document.valid_until = detail::read_optional_day(object, "valid_until");
  document.without_end = object.optional_boolean("without_end").value_or(false);
  document.proves = object.optional_texts("proves");
  if (document.issued && document.valid_until && *document.valid_until < *document.issued)
    object.error(Code::invalid_interval, "valid_until", "the paper runs out before it was issued", "mend the days");
  if (document.without_end && document.valid_until)
    object.error(Code::not_allowed, "without_end", "a paper with a last day is not one without an end",
                 "leave out `valid_until` or `without_end`");
  return document;
}

Json json_of(Document const& document)
{
  Json json{{"kind", document.kind}};
  put(json, "reference", document.reference);
  put(json, "issuer", document.issuer);
  put(json, "issued", document.issued);
  put(json, "valid_until", document.valid_until);
  if (document.without_end) json["without_end"] = true;
  if (!document.proves.empty()) json["proves"] = document.proves;
  return json;
}

PaperNeed read_need(JsonObject& object)
{
  PaperNeed need;
  need.text = detail::read_law_text(object);
  need.decision = object.text("decision");
  need.kinds = object.optional_texts("kinds");
  if (need.kinds.empty()) object.missing("kinds");
  need.complete = object.boolean("complete");
  object.optional_object("count_for", [&](JsonObject& inner) {
    for (auto const& kind : std::vector<std::string>(inner.all_keys())) {
      if (auto const term = detail::optional_length(inner, kind)) need.count_for.emplace_back(kind, *term);
      if (std::find(need.kinds.begin(), need.kinds.end(), kind) == need.kinds.end())
        inner.error(Code::unknown_reference, kind, "the kind of paper is not among the kinds", "name it in `kinds`");
    }
  });
  return need;
}

}  // namespace

Result<std::vector<CaseDocuments>> parse_documents(std::string_view json, std::string const& file, Limits const& limits)
{
  return detail::read_document<std::vector<CaseDocuments>>(
      json, file, limits, "tutela-documents/1", [](JsonObject& root, std::vector<CaseDocuments>& cases) {
        root.each("cases", [&](JsonObject& inner) {
          CaseDocuments one{CaseId(inner.text("case")), {}};
          for (auto const& each : cases)
            if (each.subject == one.subject)
              inner.error(Code::duplicate_id, "case", "two entries have the same pseudonym", "join their papers");
          inner.each("documents", [&](JsonObject& paper) { one.documents.push_back(read_document(paper)); });
          cases.push_back(std::move(one));
        });
      });
}

Result<std::vector<CaseDocuments>> load_documents(std::string const& path, Limits const& limits)
{
  auto text = detail::read_file(path, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_documents(*text, path, limits);
}

std::string write_documents(std::vector<CaseDocuments> const& cases, int indent)
{
  Json json{{"format", "tutela-documents/1"}, {"cases", Json::array()}};
  for (auto const& each : cases) {
    Json one{{"case", each.subject.text()}, {"documents", Json::array()}};
    for (auto const& document : each.documents) one["documents"].push_back(json_of(document));
    json["cases"].push_back(std::move(one));
  }
  return detail::fields::written(json, indent);
}

Result<PaperLaw> parse_paper_law(std::string_view json, std::string const& file, Limits const& limits)
{
  return detail::read_document<PaperLaw>(json, file, limits, "tutela-paper-law/1", [](JsonObject& root, PaperLaw& law) {
    law.jurisdiction = root.text("jurisdiction");
    std::vector<LawText> texts;
    root.each("needs", [&](JsonObject& inner) {
      auto need = read_need(inner);
      detail::refuse_twice(inner, texts, need.text.id, "texts");
      texts.push_back(need.text);
      law.needs.push_back(std::move(need));
    });
  });
}

Result<PaperLaw> load_paper_law(std::string const& path_or_id, Limits const& limits)
{
  auto const shipped = path_or_id + "/law.papers.json";
  if (auto const text = detail::shipped_file(shipped)) return parse_paper_law(*text, shipped, limits);
  auto text = detail::read_file(path_or_id, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_paper_law(*text, path_or_id, limits);
}

std::string write_needed_papers(NeededPapers const& papers, PaperLaw const& law, int indent)
{
  Json json{{"decision", papers.decision}, {"papers", Json::array()}};
  for (auto const& each : papers.review.papers) {
    Json one{{"kind", each.kind}, {"state", to_string(each.state)}};
    put(one, "until", each.until);
    json["papers"].push_back(std::move(one));
  }
  json["unproved"] = papers.review.unproved;
  json["complete"] = papers.complete;
  json["rule_not_available"] = papers.rule_not_available;
  json["left_out"] = papers.left_out;
  json["texts"] = Json::array();
  for (auto const& need : law.needs) {
    auto const named = [&](std::vector<std::string> const& ids) {
      return std::find(ids.begin(), ids.end(), need.text.id) != ids.end();
    };
    if (named(papers.texts) || named(papers.left_out)) json["texts"].push_back(detail::fields::json_of(need.text));
  }
  return detail::fields::written(json, indent);
}

}  // namespace tutela::inline v0
