// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/decision.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <tutela/base/text.hpp>

namespace tutela::inline v0 {
namespace {

constexpr std::array<std::string_view, 5> finding_words{"verdict", "route", "allocation", "score", "disclosure"};
constexpr std::array<std::string_view, 2> stance_words{"follows", "departs"};
constexpr std::array<std::string_view, 3> opinion_words{"given", "declined", "not_possible"};

template <class E, std::size_t N>
std::optional<E> find_word(std::array<std::string_view, N> const& words, std::string_view word)
{
  auto const found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<E>(found - words.begin());
}

/// True when a text holds nothing but white space.
bool blank(std::string const& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

class Check {
 public:
  Check(Decision const& decision, std::string const& pointer) : decision_(decision), pointer_(pointer) {}

  std::vector<Diagnostic> run()
  {
    who_and_when();
    finding();
    if (decision_.concerns_child) child();
    lacking(blank(decision_.representative) && blank(decision_.no_representative_reason), "representative",
            "the decision does not say who represents the person",
            "name the role in `representative`, or say in `no_representative_reason` why nobody does");
    lacking(blank(decision_.contest_where), "contest_where", "the decision does not say where it can be contested",
            "name the authority or court");
    lacking(!decision_.contest_until, "contest_until", "the decision does not say until when it can be contested",
            "give the last day");
    if (decision_.contest_until && decision_.made && *decision_.contest_until < *decision_.made)
      wrong("contest_until", "the decision could be contested only before it was made");
    return std::move(found_).take();
  }

 private:
  [[nodiscard]] Place at(std::string_view key) const { return {"", 0, 0, pointer_ + "/" + std::string(key)}; }

  void lacking(bool missing, std::string_view key, std::string what, std::string mend)
  {
    if (missing) found_.error(Code::missing_key, at(key), std::move(what), std::move(mend));
  }

  void wrong(std::string_view key, std::string what)
  {
    found_.error(Code::invalid_interval, at(key), std::move(what), "mend one of the two days");
  }

  void who_and_when()
  {
    lacking(decision_.made_by.agency.empty(), "agency", "the decision does not say which agency made it",
            "name the agency");
    lacking(blank(decision_.made_by.role), "role", "the decision does not say in which role somebody made it",
            "name the role; a decision is made by a person, never by an agency or a program as such");
    lacking(!decision_.made, "made", "the decision has no date", "give the day on which it was made");
  }

  void finding()
  {
    lacking(blank(decision_.finding_reference), "finding_reference",
            "the decision does not say on which finding it rests", "name the finding");
    lacking(!decision_.stance, "stance", "the decision does not say whether it follows the finding",
            "write `follows` or `departs`");
    lacking(decision_.stance == Stance::departs && blank(decision_.reason), "reason",
            "the decision departs from its finding without a reason", "say why");
    if (decision_.made && decision_.finding_on && *decision_.made < *decision_.finding_on)
      wrong("finding_on", "the finding holds for a day after the decision");
  }

  void child()
  {
    lacking(blank(decision_.best_interest), "best_interest",
            "the decision does not say how the best interest of the child was weighed",
            "say it in words of your own; no finding can stand for it");
    if (!blank(decision_.best_interest) && folded(decision_.best_interest) == folded(decision_.reason))
      found_.warning(Code::not_allowed, at("best_interest"),
                     "the weighing of the best interest only repeats the reason", "say what was weighed");
    lacking(!decision_.child_opinion, "child_opinion", "the decision does not say whether the child was heard",
            "write `given`, `declined` or `not_possible`");
    bool const silent = blank(decision_.child_opinion_note);
    lacking(decision_.child_opinion == ChildOpinion::given && silent, "child_opinion_note",
            "the decision does not say what was made of the opinion of the child", "say how it was weighed");
    lacking(decision_.child_opinion == ChildOpinion::not_possible && silent, "child_opinion_note",
            "the decision does not say why the child could not be heard", "say why");
  }

  Decision const& decision_;
  std::string const& pointer_;
  Diagnostics found_;
};

}  // namespace

std::string_view to_string(FindingKind kind) noexcept { return finding_words[static_cast<std::size_t>(kind)]; }
std::optional<FindingKind> parse_finding_kind(std::string_view word) noexcept
{
  return find_word<FindingKind>(finding_words, word);
}
std::string_view to_string(Stance stance) noexcept { return stance_words[static_cast<std::size_t>(stance)]; }
std::optional<Stance> parse_stance(std::string_view word) noexcept { return find_word<Stance>(stance_words, word); }
std::string_view to_string(ChildOpinion opinion) noexcept { return opinion_words[static_cast<std::size_t>(opinion)]; }
std::optional<ChildOpinion> parse_child_opinion(std::string_view word) noexcept
{
  return find_word<ChildOpinion>(opinion_words, word);
}

std::vector<Diagnostic> check_decision(Decision const& decision, std::string const& pointer)
{
  return Check(decision, pointer).run();
}

}  // namespace tutela::inline v0
