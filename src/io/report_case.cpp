// SPDX-License-Identifier: Apache-2.0
/// \file
/// The sheet of one case: what is granted, what to ask, what to bring, where to go, and why.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "io/report_parts.hpp"

namespace tutela::detail {

namespace {

// Style of an answer on the sheet.
std::string_view style_of(Answer answer)
{
  switch (answer) {
    case Answer::yes: return "yes";
    case Answer::value: return "value";
    case Answer::unknown: return "open";
    case Answer::undeterminable:
    case Answer::refused: return "human";
    case Answer::error: return "stop";
    case Answer::no:
    case Answer::no_rule:
    case Answer::not_available: break;
  }
  return "no";
}

// True for a decision by which a service admits people: its answer grants or refuses something.
bool is_grant(ReportContext const& report, Verdict const& verdict)
{
  if (verdict.effect == Effect::restrictive) return false;
  for (auto const& network : report.knowledge.networks)
    for (auto const& service : network.content().services)
      if (service.admission && service.admission->decision == verdict.decision) return true;
  return false;
}

// The word for an answer: a service is granted or not, a rule says yes or no.
std::string answer_word(ReportContext const& report, Verdict const& verdict)
{
  auto const answer = answer_of(verdict);
  if (answer == Answer::value) return report.value(verdict.value);
  auto const key = "answer_" + std::string(to_string(answer));
  if ((answer == Answer::yes || answer == Answer::no) && is_grant(report, verdict)) return report.say(key + "_granted");
  return report.say(key);
}

// Shown of the open findings and of the questions; the rest is folded away.
constexpr std::size_t open_shown = 3;
constexpr std::size_t questions_shown = 5;
constexpr std::size_t blocked_shown = 2;
constexpr std::size_t waiting_shown = 2;
constexpr std::size_t values_shown = 2;

// A list of which the first entries show and the rest is folded behind a line that counts them.
class Folded {
 public:
  Folded(ReportContext const& report, std::string_view summary, std::size_t shown)
      : report_(report), summary_(summary), shown_(shown)
  {
  }

  void add(Markup const& part)
  {
    (count_ < shown_ ? first_ : rest_) += part;
    ++count_;
  }

  [[nodiscard]] std::size_t count() const noexcept { return count_; }

  // \param list Tag and class of a list that holds the entries, or nothing.
  [[nodiscard]] Markup markup(std::string_view list = {}) const
  {
    auto const listed = [&](Markup const& entries) {
      return list.empty() || entries.empty() ? entries : styled("ol", list, entries);
    };
    if (rest_.empty()) return listed(first_);
    return listed(first_) +
           element("details",
                   element("summary", report_.words(summary_, {{"count", count_ - std::min(count_, shown_)}})) +
                       listed(rest_));
  }

 private:
  ReportContext const& report_;
  std::string_view summary_;
  std::size_t shown_;
  std::size_t count_ = 0;
  Markup first_;
  Markup rest_;
};

// A condition as people read it, with the rule's own words at hand: `date of birth: under 18`. What is more than a
// comparison of one fact stays as the rule writes it.
Markup readable(ReportContext const& report, std::string const& condition)
{
  constexpr std::string_view separator = " in ";
  auto const at = condition.find(separator);
  if (at == std::string::npos) return element("code", text(condition));
  auto const subject = report.subject(std::string_view(condition).substr(0, at), [&](std::string_view name) {
    if (auto label = report.fact_label(name); label != report.code_word("fact", name)) return label;
    auto label = report.decision_label(name);
    return label == report.code_word("decision", name) ? std::string() : label;
  });
  if (subject.empty()) return element("code", text(condition));
  auto const test = report.test(std::string_view(condition).substr(at + separator.size()));
  return element("span", {{"title", condition}}, text(subject + ": " + test));
}

Markup reason_line(ReportContext const& report, Reason const& reason)
{
  if (!reason.label.empty()) return text(reason.label.in(report.language));
  Markup line;
  for (auto const& condition : reason.conditions) {
    if (!line.empty()) line += text(" · ");
    line += readable(report, condition);
  }
  return line.empty() ? report.words("reason_default") : line;
}

// Certain reasons of the decision itself; those of decisions below it are in the JSON.
Markup reasons(ReportContext const& report, Verdict const& verdict)
{
  Markup lines;
  std::vector<std::string> seen;
  for (auto const& reason : verdict.reasons) {
    if (reason.applies != Truth::yes || reason.decision != verdict.decision) continue;
    auto const line = reason_line(report, reason);
    if (std::find(seen.begin(), seen.end(), line.html()) != seen.end()) continue;
    seen.push_back(line.html());
    lines += element("p", report.words("why") + text(" ") + line);
  }
  return lines;
}

std::string possible_words(ReportContext const& report, Verdict const& verdict)
{
  if (verdict.possible.kind != Domain::Kind::set) return {};
  std::vector<std::string> words;
  for (auto const& value : verdict.possible.values) {
    if (value.as_fault() != nullptr && verdict.possible.values.size() > 1)
      continue;  // of use to the pack's author only
    auto word = value.as_fault() != nullptr ? report.say("answer_error")
                : value.is_none()           ? report.say("answer_no_rule")
                                            : report.value(value);
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(std::move(word));
  }
  return report.listed(words);
}

std::vector<std::string> labels_of(ReportContext const& report, std::vector<std::string> const& facts)
{
  std::vector<std::string> labels;
  for (auto const& fact : facts) labels.push_back(report.fact_label(fact));
  return labels;
}

Markup finding(ReportContext const& report, Finding const& found)
{
  auto const& verdict = found.verdict;
  auto const answer = answer_of(verdict);
  auto const style = style_of(answer);
  auto const label =
      verdict.label.empty() ? report.code_word("decision", verdict.decision) : verdict.label.in(report.language);
  Markup content = element("header", element("h4", text(label)) + chip(style == "no" ? "" : "is-" + std::string(style),
                                                                       answer_word(report, verdict)));
  for (auto const& caution : report.cautions(verdict)) content += styled("p", "caution", text(caution));
  if (answer == Answer::unknown || answer == Answer::undeterminable) {
    if (auto const possible = possible_words(report, verdict); !possible.empty())
      content += element("p", report.words("still_possible", {{"answers", possible}}));
    if (!verdict.missing.empty())
      content +=
          element("p", report.words("depends_on", {{"facts", report.listed(labels_of(report, verdict.missing))}}));
    if (!verdict.uncertain.empty())
      content += element(
          "p", report.words("cannot_be_known", {{"facts", report.listed(labels_of(report, verdict.uncertain))}}));
  }
  if (answer == Answer::refused)
    content += element("p", report.words(verdict.refusal == Refusal::material_neglect ? "refused_neglect_explained"
                                                                                      : "refused_explained"));
  if (answer == Answer::not_available)
    content += element("p", report.words("outcome_" + std::string(to_string(verdict.outcome))));
  if (verdict.outcome == Outcome::rule_not_available && !verdict.jurisdiction.empty())
    content += element("p", report.words("no_rule_in", {{"jurisdiction", verdict.jurisdiction}}));
  if (verdict.fault) content += element("p", text(report.fault(verdict.fault->what)));
  content += reasons(report, verdict);
  content += citations_line(report, verdict.citations);
  return element("article", {{"class", "finding " + std::string(style)}}, content);
}

// What a network needs to know, in words: free places, agreements, acts, consent. Nothing for a fact of a pack.
std::string network_question(ReportContext const& report, Network const* network, std::string const& fact)
{
  auto const dot = fact.find('.');
  auto const last = fact.rfind('.');
  if (dot == std::string::npos) return {};
  auto const kind = fact.substr(0, dot);
  auto const subject = last > dot ? fact.substr(dot + 1, last - dot - 1) : fact.substr(dot + 1);
  if (kind == "service") return report.say("question_free_places", {{"service", report.name_of(network, subject)}});
  if (kind == "consent") return report.say("question_consent", {{"category", report.code_word("category", subject)}});
  if (kind == "act") return report.say("question_act", {{"issuer", report.code_word("act", subject)}});
  if (kind != "agreement" || network == nullptr) return {};
  auto const* agreement = network->find(AgreementId(subject));
  return agreement == nullptr ? std::string()
                              : report.say("question_agreement", {{"agreement", agreement->name.in(report.language)}});
}

std::string days_words(ReportContext const& report, DayBounds const& days)
{
  if (!days.upper)
    return days.lower == 0 ? report.say("days_unknown") : report.say("days_at_least", {{"days", days.lower}});
  if (*days.upper == days.lower) return report.say("days_exactly", {{"days", days.lower}});
  return report.say("days_between", {{"lower", days.lower}, {"upper", *days.upper}});
}

std::string obstacle_words(ReportContext const& report, Network const* network, Obstacle const& obstacle)
{
  auto const kind = std::string(to_string(obstacle.kind));
  auto const key = "obstacle_" + kind + (obstacle.holds == Truth::yes ? "" : "_open");
  std::string detail = report.code_word("state", obstacle.detail);
  if (obstacle.kind == ObstacleKind::purpose_not_allowed) detail = report.code_word("purpose", obstacle.detail);
  if (obstacle.kind == ObstacleKind::category_not_allowed || obstacle.kind == ObstacleKind::consent)
    detail = report.code_word("category", obstacle.detail);
  if (obstacle.kind == ObstacleKind::not_covered) detail = report.code_word("covered", obstacle.detail);
  if (obstacle.kind == ObstacleKind::act) detail = report.code_word("act", obstacle.detail);
  if (obstacle.kind == ObstacleKind::not_admitted && !obstacle.detail.empty())
    detail = report.decision_label(obstacle.detail);
  std::string subject = obstacle.subject;
  if (network != nullptr) {
    if (auto const* agreement = network->find(AgreementId(obstacle.subject)); agreement != nullptr)
      subject = agreement->name.in(report.language);
    else
      subject = report.name_of(network, obstacle.subject);
    for (auto const& basis : network->content().bases)
      if (basis.id.text() == obstacle.subject)
        subject = basis.citation ? basis.citation->act + ", " + basis.citation->article
                                 : report.say("basis_" + std::string(to_string(basis.kind)));
  }
  auto words = report.say(key, {{"detail", detail}, {"subject", subject}});
  if (obstacle.since && obstacle.kind != ObstacleKind::out_of_service)
    words += " " + report.say("as_recorded_on", {{"date", report.catalogue.date(*obstacle.since)}});
  return words;
}

std::string hop_ground(ReportContext const& report, Hop const& hop)
{
  auto ground = report.say("basis_" + std::string(to_string(hop.kind)));
  if (hop.citation)
    ground += ": " + hop.citation->act + (hop.citation->article.empty() ? "" : ", " + hop.citation->article);
  return ground;
}

Markup stop(ReportContext const& report, Network const* network, NodeId const& node)
{
  return styled("span", "stop-name", text(report.name_of(network, node.text())));
}

Markup hops(ReportContext const& report, Network const* network, std::vector<Hop> const& hops)
{
  Markup list;
  for (std::size_t index = 0; index < hops.size(); ++index) {
    auto const& hop = hops[index];
    if (index == 0) list += element("li", stop(report, network, hop.from));
    // Steps inside one agency are shown as one.
    bool const goes_on = index + 1 < hops.size() && hops[index + 1].kind == BasisKind::same_agency;
    if (hop.kind == BasisKind::same_agency && goes_on) continue;
    auto const style = hop.state == HopState::blocked ? "by blocked" : "by";
    list += element("li", styled("span", style, text(hop_ground(report, hop))) + stop(report, network, hop.to));
  }
  return styled("ol", "hops", list);
}

Markup obstacles(ReportContext const& report, Network const* network, std::vector<Hop> const& hops)
{
  Markup list;
  std::vector<std::string> seen;
  for (auto const& hop : hops) {
    for (auto const& obstacle : hop.obstacles) {
      auto const words = obstacle_words(report, network, obstacle);
      if (std::find(seen.begin(), seen.end(), words) != seen.end()) continue;
      seen.push_back(words);
      list += element("li", text(words));
    }
  }
  return list.empty() ? Markup() : styled("ul", "plainlist note", list);
}

Markup found_route(ReportContext const& report, Network const* network, Route const& route)
{
  Markup content = route.hops.empty() ? Markup() : hops(report, network, route.hops);
  auto const place = route.first_free_place
                         ? report.say("first_free_place", {{"date", report.catalogue.date(*route.first_free_place)}})
                         : report.say("first_free_place_unknown");
  content += element("p", styled("strong", route.first_free_place ? "" : "missing", text(place)) +
                              text(" · " + days_words(report, route.days)));
  return content + obstacles(report, network, route.hops);
}

Markup route_block(ReportContext const& report, Network const* network, NeedRoute const& route)
{
  auto const& answer = route.answer;
  constexpr std::array<std::string_view, 3> styles{"is-stop", "is-open", "is-yes"};
  auto const state = answer.state();
  Markup content = element("header", element("h4", text(report.code_word("need", route.need.text()))) +
                                         chip(styles[static_cast<std::size_t>(state)],
                                              report.say("route_" + std::string(to_string(state)))));
  if (!answer.goal_exists) content += element("p", report.words("no_such_service"));
  if (answer.certain) content += found_route(report, network, *answer.certain);
  if (answer.possible) {
    if (answer.certain) content += styled("p", "note", report.words("maybe_faster"));
    content += found_route(report, network, *answer.possible);
  }
  if (answer.best() == nullptr) {
    // What stands nearest to the goal first: agreements that are not in force, services that may not admit.
    auto const far = [](Hop const& hop) {
      return std::none_of(hop.obstacles.begin(), hop.obstacles.end(), [](Obstacle const& obstacle) {
        return obstacle.kind == ObstacleKind::agreement_not_in_force || obstacle.kind == ObstacleKind::not_admitted ||
               obstacle.kind == ObstacleKind::capacity_full;
      });
    };
    auto blocked = answer.blocked;
    std::stable_partition(blocked.begin(), blocked.end(), [&](Hop const& hop) { return !far(hop); });
    Folded list(report, "more_blocked", blocked_shown);
    for (auto const& hop : blocked) list.add(hops(report, network, {hop}) + obstacles(report, network, {hop}));
    content += list.markup();
  }
  return styled("article", "route", content);
}

}  // namespace

Markup findings_part(ReportContext const& report, Assessment const& assessment)
{
  if (!assessment.has_pack)
    return element("section", element("h3", report.words("law_heading")) +
                                  element("p", report.words("no_pack", {{"jurisdiction", assessment.jurisdiction}})));
  std::vector<Finding const*> sorted;
  for (auto const& found : assessment.findings) sorted.push_back(&found);
  // What a single fact would settle stands first among the open ones.
  std::stable_sort(sorted.begin(), sorted.end(), [](Finding const* lhs, Finding const* rhs) {
    return lhs->verdict.missing.size() < rhs->verdict.missing.size();
  });
  Folded open(report, "more_open", open_shown);
  Folded granted(report, "", sorted.size());
  Folded human(report, "", sorted.size());
  Folded values(report, "more_values", values_shown);
  Folded refused(report, "not_granted_findings", 0);
  Folded other(report, "other_findings", 0);
  for (auto const* found : sorted) {
    auto const part = finding(report, *found);
    switch (answer_of(found->verdict)) {
      case Answer::unknown: open.add(part); break;
      case Answer::no: refused.add(part); break;
      case Answer::no_rule:
      case Answer::not_available: other.add(part); break;
      case Answer::yes: granted.add(part); break;
      case Answer::value: values.add(part); break;
      case Answer::undeterminable:
      case Answer::refused:
      case Answer::error: human.add(part); break;
    }
  }
  return element("section", element("h3", report.words("law_heading")) + granted.markup() + human.markup() +
                                values.markup() + open.markup() + refused.markup() + other.markup());
}

Markup questions_part(ReportContext const& report, Assessment const& assessment)
{
  Folded list(report, "more_questions", questions_shown);
  for (auto const& question : assessment.questions) {
    auto words = question.question.in(report.language);
    auto who = report.say("ask_" + std::string(to_string(question.asked_of)));
    if (words.empty()) {
      words = network_question(report, report.network_of(assessment), question.fact);
      if (question.fact.rfind("service.", 0) == 0 || question.fact.rfind("agreement.", 0) == 0)
        who = report.say("ask_agency");
    }
    if (words.empty()) words = report.fact_label(question.fact);
    std::vector<std::string> waiting;
    for (auto const& decision : question.decisions) waiting.push_back(report.decision_label(decision));
    for (auto const& need : question.needs)
      waiting.push_back(report.say("path_to", {{"need", report.code_word("need", need.text())}}));
    auto what = report.listed(
        {waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(std::min(waiting.size(), waiting_shown))});
    if (waiting.size() > waiting_shown)
      what += " " + report.say("and_more", {{"count", waiting.size() - waiting_shown}});
    bool const careful = question.asked_of == AskedOf::trained_interviewer;
    list.add(element(
        "li", {{"class", careful ? "careful" : ""}},
        styled("p", "question", text(words)) +
            element("p", element("strong", text(who)) + text(" · ") + report.words("waiting_for", {{"what", what}}))));
  }
  Markup content = element("h3", report.words("ask_heading"));
  content += list.count() == 0 ? styled("p", "note", report.words("nothing_to_ask")) : list.markup("ask");
  if (!assessment.uncertain.empty())
    content +=
        styled("p", "note",
               report.words("never_ask_again", {{"facts", report.listed(labels_of(report, assessment.uncertain))}}));
  return styled("section", "aside", content);
}

Markup papers_part(ReportContext const& report, Assessment const& assessment)
{
  auto const* network = report.network_of(assessment);
  Markup list;
  for (auto const& paper : assessment.papers) {
    std::vector<std::string> names;
    for (auto const& service : paper.services) names.push_back(report.name_of(network, service.text()));
    list += element("li", element("p", text(report.code_word("paper", paper.paper))) +
                              element("p", report.words("paper_for", {{"services", report.listed(names)}})));
  }
  return element("section", element("h3", report.words("papers_heading")) +
                                (list.empty() ? styled("p", "note", report.words("papers_not_published"))
                                              : styled("ul", "plainlist", list)));
}

Markup dates_part(ReportContext const& report, Assessment const& assessment)
{
  Markup list;
  for (auto const& next : assessment.dates) {
    auto const what = next.is_act ? report.say("act_ends", {{"issuer", report.code_word("act", next.from)}})
                                  : report.decision_label(next.from);
    auto const date = report.catalogue.date(next.date);
    Markup when = element("strong", text(date));
    if (next.date < assessment.on) when += text(" ") + chip("is-stop", report.say("date_passed"));
    list += element("li", element("p", when) + element("p", text(what)));
  }
  for (auto const& duty : assessment.duties) {
    auto const clock = duty.duty.clock.empty() ? report.say("duty_without_clock")
                                               : report.say("duty_clock", {{"clock", report.length(duty.duty.clock)}});
    auto const whom = duty.duty.to.empty() ? std::string()
                                           : " · " + report.say("duty_to", {{"to", report.phrase("to", duty.duty.to)}});
    list += element("li", element("p", element("strong", text(clock)) + text(whom)) +
                              element("p", text(report.decision_label(duty.decision))) +
                              citations_line(report, duty.citations));
  }
  return element("section",
                 element("h3", report.words("dates_heading")) +
                     (list.empty() ? styled("p", "note", report.words("no_dates")) : styled("ul", "plainlist", list)));
}

Markup routes_part(ReportContext const& report, Assessment const& assessment)
{
  auto const* network = report.network_of(assessment);
  Markup content = element("h3", report.words("path_heading"));
  if (network == nullptr) {
    content += element("p", report.words("no_network"));
  } else if (assessment.routes.empty()) {
    content += styled("p", "note", report.words("no_needs"));
  }
  for (auto const& route : assessment.routes) content += route_block(report, network, route);
  Markup duties;
  for (auto const& duty : assessment.duties_to_report) {
    auto const by = !duty.hours        ? std::string()
                    : *duty.hours == 0 ? report.say("at_once")
                                       : report.say("within_hours", {{"hours", std::int64_t{*duty.hours}}});
    duties += element("li", element("p", text(duty.when.in(report.language))) +
                                element("p", text(duty.who.in(report.language) + " → " +
                                                  duty.to_whom.in(report.language) + (by.empty() ? "" : ", " + by))) +
                                (duty.citation ? citations_line(report, {*duty.citation}) : Markup()));
  }
  if (duties.empty()) {
    content +=
        styled("p", "report-duty", report.words("duty_to_report_unknown", {{"jurisdiction", assessment.jurisdiction}}));
  } else {
    auto const inside = element("summary", report.words("duty_to_report")) + styled("ul", "plainlist", duties);
    auto const is_blocked = [](NeedRoute const& route) { return route.answer.best() == nullptr; };
    bool const in_sight = std::any_of(assessment.routes.begin(), assessment.routes.end(), is_blocked);
    content += in_sight ? element("details", {{"open", "open"}}, inside) : element("details", inside);
  }
  return element("section", content);
}

Markup sheet_header(ReportContext const& report, std::size_t index)
{
  auto const& assessment = report.assessments[index];
  auto const* network = report.network_of(assessment);
  std::string line = report.say("kind_" + std::string(to_string(assessment.kind)));
  if (!assessment.held_by.empty())
    line += " · " + report.say("held_by", {{"agency", report.name_of(network, assessment.held_by.text())}});
  if (!assessment.group.empty()) line += " · " + report.say("siblings", {{"group", assessment.group}});
  auto const granted = assessment.count(Answer::yes);
  auto const refused = assessment.count(Answer::no);
  auto const open = assessment.count(Answer::unknown);
  auto const human =
      assessment.count(Answer::undeterminable) + assessment.count(Answer::refused) + assessment.count(Answer::error);
  Markup tally = chip("is-yes", report.say("tally_yes", {{"count", granted}})) +
                 chip("is-open", report.say("tally_unknown", {{"count", open}}));
  if (human > 0) tally += chip("is-human", report.say("tally_human", {{"count", human}}));
  tally += chip("", report.say("tally_no", {{"count", refused}}));
  return styled("header", "who",
                element("div", element("h3", text(assessment.id.text())) + element("p", text(line))) +
                    styled("div", "tally", tally));
}

Markup case_sheet(ReportContext const& report, std::size_t index)
{
  auto const& assessment = report.assessments[index];
  auto const left = findings_part(report, assessment);
  auto const right =
      questions_part(report, assessment) + dates_part(report, assessment) + papers_part(report, assessment);
  return styled("article", "sheet",
                sheet_header(report, index) + styled("div", "columns",
                                                     styled("div", "column", routes_part(report, assessment) + left) +
                                                         styled("div", "column", right)));
}

}  // namespace tutela::detail
