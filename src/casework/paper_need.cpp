// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/paper_need.hpp>

#include <algorithm>

#include "calendar/last_day.hpp"

namespace tutela::inline v0 {
namespace {

void bound_by(Document& document, PaperNeed const& need)
{
  if (!document.issued) return;
  for (auto const& [kind, term] : need.count_for) {
    if (kind != document.kind) continue;
    auto const last = detail::last_day(*document.issued, term);
    document.valid_until = document.valid_until ? std::min(*document.valid_until, last) : last;
    document.without_end = false;
  }
}

}  // namespace

NeededPapers needed_papers(std::span<Document const> documents, std::span<PaperNeed const> needs,
                           PaperQuestion const& question)
{
  NeededPapers found;
  found.decision = question.decision;
  std::vector<Document> papers(documents.begin(), documents.end());
  std::vector<std::string> kinds;
  found.complete = true;
  for (auto const& need : needs) {
    if (need.decision != question.decision || !need.text.law.contains(question.on)) continue;
    if (!need.text.usable(question.on, question.include_unverified)) {
      found.left_out.push_back(need.text.id);
      continue;
    }
    found.rule_not_available = false;
    found.texts.push_back(need.text.id);
    found.complete = found.complete && need.complete;
    for (auto const& kind : need.kinds)
      if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
    for (auto& paper : papers) bound_by(paper, need);
  }
  if (found.rule_not_available) found.complete = false;
  found.review = review_papers(papers, kinds, question.facts, question.on, question.days);
  return found;
}

}  // namespace tutela::inline v0
