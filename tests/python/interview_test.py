# SPDX-License-Identifier: Apache-2.0
"""Interviews, timelines and possible changes in Python."""

from datetime import date
from decimal import Decimal

import pytest

import tutela

ON = "2026-03-02"
ASKED = ("day_service", "is_child", "child_opinion_required")


def test_an_interview_asks_until_nothing_can_change(child_protection):
    known = {"person.birth_date": "2025-01-10", "family.vulnerable": True, "family.without_family_care": False}
    interview = child_protection.ask({}, ON, decisions=ASKED)
    assert set(interview.open) == set(ASKED) and interview.settled == ()
    assert interview.next.fact == interview.ask[0].fact
    asked = []
    while not interview.finished:
        asked.append(interview.next.fact)
        interview = interview.answer(asked[-1], known[asked[-1]])
    assert "person.birth_date" in asked and interview.next is None
    assert set(interview.settled) == set(ASKED)
    verdicts = interview.verdicts()
    assert {verdicts[name].outcome for name in ASKED} == {"known"}
    assert child_protection.ask(interview.facts, ON, decisions=ASKED).finished, "it can be resumed"


def test_each_question_says_whom_and_why(child_protection):
    interview = child_protection.ask({"person.birth_date": "1998-04-01"}, ON, decisions="maternal_section")
    question = interview.next
    assert question.asked_of in ("registry", "file", "adult") and question.text and question.cost > 0
    assert sum(share for _, share in question.prior) == pytest.approx(1)
    assert not question.weighted
    assert [each.fact for each in interview.referred] == ["person.victim_of_violence"]
    assert "estimates" in interview.costs
    assert interview.to_dict()["ask"][0]["fact"] == question.fact
    assert question.fact in repr(question)
    shared = child_protection.ask({}, ON, decisions="maternal_section", holdings={"person.victim_of_violence": "police"})
    assert shared.referred == ()
    assert {each.fact: each.holder for each in shared.ask}["person.victim_of_violence"] == "police"


def test_answers_are_checked(child_protection):
    interview = child_protection.ask({"family.vulnerable": True}, ON, decisions=ASKED)
    with pytest.raises(tutela.InputError):
        interview.answer("family.vulnerable", False)
    with pytest.raises(tutela.InputError):
        interview.answer("person.height", 2)
    with pytest.raises(tutela.InputError):
        interview.answer("person.birth_date", "long ago")
    with pytest.raises(TypeError):
        child_protection.ask({}, ON, holdings=["police"])


def test_what_nobody_knows_is_not_asked_again(child_protection):
    interview = child_protection.ask({"person.birth_date": "2025-01-10"}, ON, decisions="day_service")
    fact = interview.next.fact
    interview = interview.answer(fact, tutela.UNCERTAIN)
    assert fact not in [question.fact for question in interview.ask]
    assert interview.finished and interview.uncertain == (fact,)


def test_a_timeline_says_what_ends_an_answer(child_protection):
    timeline = child_protection.timeline({"person.birth_date": "2008-02-29"}, "is_child", "2020-01-01", date(2030, 1, 1))
    assert [(span.from_, span.value) for span in timeline.spans] == [(date(2020, 1, 1), True), (date(2026, 3, 1), False)]
    assert [turn.text for turn in timeline.spans[1].began_with] == ["person.birth_date: 18 years"]
    assert not timeline.day_by_day and timeline.evaluations < 40
    assert "2008" not in repr(timeline) + repr(timeline.spans)
    with pytest.raises(tutela.ContractViolation):
        child_protection.timeline({}, "is_child", "2030-01-01", "2020-01-01")


def test_facts_recorded_later_can_be_left_out(swimming):
    facts = {"child.height": Decimal(2), "child.guardian_agrees": tutela.Fact(True, "guardian", "2026-05-01", "2026-01-01")}
    whole = swimming.timeline(facts, "may_swim", "2026-01-01", "2026-12-31")
    assert [span.value for span in whole.spans] == [True]
    then = swimming.timeline(facts, "may_swim", "2026-01-01", "2026-12-31", known_on="2026-04-01")
    assert [span.missing for span in then.spans] == [("child.guardian_agrees",)]


def test_what_the_agency_could_do(child_protection):
    facts = {
        "need.day_service_requested": True,
        "need.day_service_family_evaluated": False,
        "need.day_service_commission_decision": "not_yet",
    }
    found = child_protection.counterfactual(facts, "day_service_next_step", ON)
    assert (found.outcome, found.value, found.complete) == ("known", "family_evaluation", True)
    assert found.changeable == ("need.day_service_family_evaluated",)
    (way,) = found.ways
    assert way.answer == "commission_decision"
    assert way.changes[0].to is True and "specialist" in way.changes[0].help
    nothing = child_protection.counterfactual({"person.birth_date": "2000-01-01"}, "is_child", ON)
    assert nothing.ways == () and nothing.changeable == ()


def test_another_legal_order_gets_no_answer(child_protection):
    facts = {"person.birth_date": "2010-01-01"}
    interview = child_protection.ask({}, ON, decisions="is_child", jurisdiction="UA")
    assert interview.finished and interview.not_available == ("is_child",) and interview.jurisdiction == "UA"
    assert (interview.open, interview.settled) == ((), ())
    assert interview.verdicts()["is_child"].outcome == "rule_not_available"
    assert "UA" in interview._repr_html_()
    over = child_protection.timeline(facts, "is_child", ON, "2030-01-01", jurisdiction="UA")
    assert [span.outcome for span in over.spans] == ["rule_not_available"]
    assert child_protection.counterfactual(facts, "is_child", ON, jurisdiction="UA").outcome == "rule_not_available"
    assert child_protection.ask(facts, ON, decisions="is_child", jurisdiction="MD").settled == ("is_child",)


def test_what_is_not_excluded_is_said_with_the_questions(child_protection):
    interview = child_protection.ask({}, ON)
    said = {caution.decision: caution for caution in interview.cautions}
    verdicts = interview.verdicts()
    assert said and set(said) == {verdict.decision for verdict in verdicts.values() if verdict.caution != "none"}
    for name, caution in said.items():
        assert caution.caution == verdicts[name].caution and caution.safety_duties == verdicts[name].safety_duties
    assert [each["decision"] for each in interview.to_dict()["cautions"]] == [caution.decision for caution in interview.cautions]


def test_changes_towards_a_wished_answer(child_protection):
    facts = {"person.birth_date": "2025-01-10"}
    assert child_protection.counterfactual(facts, "is_child", ON, towards=False).ways == ()


def test_notebooks_show_them(child_protection):
    interview = child_protection.ask({"person.birth_date": "1998-04-01"}, ON, decisions=("maternal_section",))
    html = interview._repr_html_()
    assert "trained interviewer" in html
    assert html.index("Not excluded") < html.index("<table>"), "what is not excluded comes before the questions"
    assert child_protection.timeline({"person.birth_date": "2010-01-01"}, "is_child", ON, "2030-01-01")._repr_html_().startswith("<table>")
    assert "Nothing" in child_protection.counterfactual({"person.birth_date": "2000-01-01"}, "is_child", ON)._repr_html_()


def test_what_a_pack_says_about_asking(child_protection):
    facts = child_protection.facts
    assert facts["person.victim_of_violence"]["violence"] and not facts["person.victim_of_violence"]["changeable"]
    assert facts["person.birth_date"]["held_by"] == ("civil_status_register",)
    assert [name for name, fact in facts.items() if fact["changeable"]] == [
        "need.commission_opinion_given",
        "need.complex_assessment_done",
        "need.day_service_family_evaluated",
    ]
