// SPDX-License-Identifier: Apache-2.0
/// \file
/// The report of a service as Markdown and as HTML, from the same parts.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <tutela/io/service_report.hpp>

#include "io/markup.hpp"
#include "io/messages.hpp"

namespace tutela::inline v0 {
namespace {

/// One part as it is shown.
struct ShownPart {
  std::string heading;
  std::string sentence;            ///< A whole text; empty where there are lines.
  std::vector<std::string> lines;  ///< Lines of a list.
};

class Parts {
 public:
  Parts(ServiceReport const& report, Language language)
      : report_(report), words_(language), language_(language), missing_(missing_parts(report))
  {
  }

  [[nodiscard]] std::string title() const
  {
    return report_.service.empty() ? report_.service_id.text() : report_.service.in(language_);
  }

  [[nodiscard]] std::vector<std::string> head() const
  {
    std::vector<std::string> lines;
    if (report_.synthetic) lines.push_back(words_.say("service_report_synthetic"));
    if (report_.period.from && report_.period.until)
      lines.push_back(words_.say(
          "service_report_period",
          {{"from", to_string(*report_.period.from)}, {"until", to_string(*add_days(*report_.period.until, -1))}}));
    return lines;
  }

  [[nodiscard]] std::vector<ShownPart> all() const
  {
    std::vector<ShownPart> shown;
    for (auto const part : report_parts) shown.push_back(one(part));
    return shown;
  }

 private:
  [[nodiscard]] ShownPart one(ReportPart part) const
  {
    ShownPart shown{words_.say("service_report_part_" + std::string(to_string(part))), {}, {}};
    if (std::find(missing_.begin(), missing_.end(), part) != missing_.end()) {
      shown.sentence = words_.say("service_report_missing");
      return shown;
    }
    switch (part) {
      case ReportPart::service: shown.sentence = report_.service.in(language_); break;
      case ReportPart::purpose: shown.sentence = report_.purpose.in(language_); break;
      case ReportPart::objectives: shown.lines = texts(report_.objectives); break;
      case ReportPart::action_plan: shown.lines = actions(); break;
      case ReportPart::statistics: shown.lines = figures(); break;
      case ReportPart::difficulties: shown.lines = texts(*report_.difficulties); break;
      case ReportPart::proposals: shown.lines = texts(*report_.proposals); break;
    }
    if (shown.sentence.empty() && shown.lines.empty()) shown.sentence = words_.say("service_report_none");
    return shown;
  }

  [[nodiscard]] std::vector<std::string> texts(std::vector<Text> const& items) const
  {
    std::vector<std::string> lines;
    for (auto const& item : items) lines.push_back(item.in(language_));
    return lines;
  }

  [[nodiscard]] std::vector<std::string> actions() const
  {
    std::vector<std::string> lines;
    for (auto const& action : report_.action_plan) {
      auto line = action.what.in(language_);
      auto role = action.role;
      std::replace(role.begin(), role.end(), '_', ' ');
      if (!role.empty()) line += "; " + role;
      if (action.due) line += "; " + words_.say("agenda_due", {{"day", to_string(*action.due)}});
      if (action.done) line += "; " + words_.say("agenda_done", {{"day", to_string(*action.done)}});
      lines.push_back(std::move(line));
    }
    return lines;
  }

  [[nodiscard]] std::vector<std::string> figures() const
  {
    std::vector<std::string> lines;
    for (auto const& figure : report_.statistics) {
      auto number = figure.value ? std::to_string(*figure.value) : words_.say("service_report_not_recorded");
      if (figure.value && figure.approximate) number = words_.say("about", {{"number", number}});
      lines.push_back(figure.label.in(language_) + ": " + number);
    }
    if (!report_.stays || !report_.period.from || !report_.period.until) return lines;
    auto const counted = count_stays(*report_.stays, report_.period);
    auto const add = [&](std::string_view key, std::int64_t number) {
      lines.push_back(words_.say(key) + ": " + std::to_string(number) + " (" + words_.say("service_report_computed") +
                      ")");
    };
    add("service_report_start", counted.start);
    add("service_report_entered", counted.entered);
    add("service_report_left", counted.left);
    add("service_report_end", counted.end);
    add("service_report_served", counted.served);
    return lines;
  }

  ServiceReport const& report_;
  detail::Catalogue words_;
  Language language_;
  std::vector<ReportPart> missing_;
};

/// Text in which no sign has a meaning of its own, on one line.
std::string plain_markdown(std::string const& text)
{
  std::string plain;
  for (auto const sign : text) {
    if (std::string_view("\\`*_[]<>#|&~").find(sign) != std::string_view::npos) plain += '\\';
    plain += sign == '\n' || sign == '\r' ? ' ' : sign;
  }
  return plain;
}

}  // namespace

std::string service_report_markdown(ServiceReport const& report, Language language)
{
  Parts const parts(report, language);
  auto page = "# " + plain_markdown(parts.title()) + "\n";
  for (auto const& line : parts.head()) page += "\n" + plain_markdown(line) + "\n";
  int number = 0;
  for (auto const& part : parts.all()) {
    page += "\n## " + std::to_string(++number) + ". " + plain_markdown(part.heading) + "\n\n";
    if (!part.sentence.empty()) page += plain_markdown(part.sentence) + "\n";
    for (auto const& line : part.lines) page += "- " + plain_markdown(line) + "\n";
  }
  return page;
}

std::string service_report_html(ServiceReport const& report, Language language)
{
  using detail::element;
  using detail::text;
  Parts const parts(report, language);
  auto page = element("h2", text(parts.title()));
  for (auto const& line : parts.head()) page += element("p", text(line));
  detail::Markup items;
  for (auto const& part : parts.all()) {
    auto inner = element("h3", text(part.heading));
    if (!part.sentence.empty()) inner += element("p", text(part.sentence));
    detail::Markup lines;
    for (auto const& line : part.lines) lines += element("li", text(line));
    if (!lines.empty()) inner += element("ul", lines);
    items += element("li", inner);
  }
  page += element("ol", items);
  return element("article", {{"class", "tutela-service-report"}, {"lang", std::string(to_string(language))}}, page)
      .html();
}

}  // namespace tutela::inline v0
