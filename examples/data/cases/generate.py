#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes synthetic-300.ndjson: 300 invented cases. No real person stands behind any of them.

Everything is drawn from a generator with a fixed seed that is written out below, so the file is the same on every
machine and with every version of Python. The shares are our own choice, made so that each rule, service and state of a
fact occurs; they estimate nothing about any population. README.md describes them.

    python3 generate.py              writes the file beside this script
    python3 generate.py --check      compares instead, exit code 1 when they differ
"""
import datetime
import json
import pathlib
import sys

REFERENCE = datetime.date(2026, 3, 1)  # ages and dates are drawn around this day; assess the cases on it
MISSING_SHARE = 5  # one fact in five is not recorded

# Agencies of examples/data/chisinau and of the fictional examples/data/demo, with weights: who holds the case of a
# child, of a child in a village, of a minor on probation, of an adult on probation.
CHISINAU = {"child": [(1, "dgpdc")], "village": [(1, "dgpdc")],
            "juvenile": [(1, "probation-juvenile-unit")], "adult": [(1, "probation-office")]}
DEMO = {"child": [(6, "demo-directorate"), (3, "demo-sector-north"), (3, "demo-sector-south"), (1, "demo-schools"),
                  (1, "demo-health-centre")],
        "village": [(4, "demo-village-hall"), (1, "demo-directorate"), (1, "demo-schools")],
        "juvenile": [(1, "demo-juvenile-unit")], "adult": [(1, "demo-probation")]}

OFFENCES = [  # weight, group of the instrument
    (30, "theft_non_motor"), (14, "burglary_other"), (14, "violence"), (10, "robbery"), (10, "public_order"),
    (6, "criminal_damage"), (6, "drug_possession_supply"), (4, "taking_and_driving_away"), (3, "burglary_domestic"),
    (3, "other")]


class Draw:
    """SplitMix64 (Steele, Lea, Flood 2014): 64-bit integers, the same everywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        """A whole number from 0 to bound - 1."""
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return (z ^ (z >> 31)) % bound

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, choices):
        return choices[self.below(len(choices))]

    def weighted(self, pairs):
        left = self.below(sum(weight for weight, _ in pairs))
        for weight, choice in pairs:
            if left < weight:
                return choice
            left -= weight
        raise AssertionError

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]


NONE = {"state": "none"}
UNCERTAIN = {"state": "uncertain"}


def days_before(draw, low, high):
    return REFERENCE - datetime.timedelta(days=draw.between(low, high))


def born(draw, youngest_months, oldest_months):
    """A birth date for an age in months; one in twelve lies within a day of a birthday on the reference day."""
    if draw.chance(8) and oldest_months >= 12:
        years = draw.between((youngest_months + 11) // 12, oldest_months // 12)
        day = REFERENCE.replace(year=REFERENCE.year - years) + datetime.timedelta(days=draw.between(-1, 1))
        return min(day, REFERENCE)
    return REFERENCE - datetime.timedelta(days=draw.between(youngest_months * 3044 // 100, oldest_months * 3044 // 100))


def age(birth):
    before = (REFERENCE.month, REFERENCE.day) < (birth.month, birth.day)
    return REFERENCE.year - birth.year - before


def nothing_needed():
    """Facts of a family for which no service was asked yet."""
    return {
        "family.court_action": "none_pending",
        "family.visit_requested_by": "nobody",
        "family.without_family_care": False,
        "need.adoption_possible": False,
        "need.cash_help_amount": NONE,
        "need.cash_help_requested": False,
        "need.commission_opinion_given": False,
        "need.complex_assessment_done": False,
        "need.crisis_admission_date": NONE,
        "need.crisis_ground": "other",
        "need.day_service_commission_decision": "not_yet",
        "need.day_service_family_evaluated": False,
        "need.day_service_requested": False,
        "need.emergency_removal_decided": False,
        "need.extended_family_possible": True,
        "need.family_type_home_possible": False,
        "need.guardianship_requested": False,
        "need.imminent_danger": False,
        "need.medical_certificate_date": NONE,
        "need.placement_order_issued": False,
        "need.placement_request_made": False,
        "need.professional_carer_possible": False,
        "need.respite_approved": False,
        "need.respite_days_requested": 0,
        "need.respite_days_used": 0,
        "person.lives_in_chisinau": True,
        "person.needs_permanent_care": False,
        "person.neurological_disorder": False,
        "person.on_record": False,
        "person.protection_status": "no_status",
        "person.raises_child_alone": False,
        "person.refugee": False,
        "person.refugee_situation": NONE,
        "person.severe_disability": False,
        "person.status_ground": NONE,
        "person.victim_of_violence": False,
        "person.without_home": False,
    }


def no_probation():
    return {
        "probation.act_received": False,
        "probation.act_received_date": NONE,
        "probation.community_work_hours": NONE,
        "probation.community_work_hours_per_day": NONE,
        "probation.community_work_kind": NONE,
        "probation.measure": NONE,
        "probation.monitoring_ground": NONE,
        "probation.opening_act": "no_act",
    }


class Case:
    def __init__(self, kind, needs, purposes):
        self.kind = kind
        self.needs = needs
        self.purposes = purposes
        self.birth = None
        self.conviction = REFERENCE
        self.village = False
        self.group = ""
        self.language = "ro"
        self.emergency = "no"
        self.acts = []
        self.facts = nothing_needed()
        self.settled = set()  # facts that follow from age, sex or the kind of case: never missing

    def set_person(self, draw, birth, sex):
        facts = self.facts
        self.birth = birth
        facts["person.birth_date"] = birth.isoformat()
        facts["person.sex"] = sex
        facts["person.is_parent"] = False
        facts["person.is_mother"] = False
        facts["person.pregnant"] = False
        if sex == "male" or age(birth) < 14:  # nobody asks a boy or a small child about these
            self.settled |= {"person.is_mother", "person.pregnant", "person.raises_child_alone"}
        if age(birth) < 14:
            self.settled.add("person.is_parent")
        if self.kind == "child_protection":
            facts.update(no_probation())
            self.settled |= set(no_probation())
        facts["family.residence_kind"] = draw.weighted(
            [(6, "chisinau_or_balti"), (3, "village_commune_or_town"), (1, "autonomous_unit_of_chisinau_or_balti")])
        self.village = facts["family.residence_kind"] == "village_commune_or_town"
        facts["person.lives_in_chisinau"] = not self.village
        facts["family.vulnerable"] = draw.chance(55)

    def add_status(self, draw, status):
        self.facts["person.protection_status"] = status
        self.facts["person.on_record"] = draw.chance(85)
        if status == "temporarily_without_parental_care":
            self.facts["person.status_ground"] = draw.weighted(
                [(4, "article_14_1_c"), (3, "article_14_1_f"), (3, "other")])
            self.facts["family.visit_requested_by"] = draw.weighted([(4, "child"), (4, "parent"), (2, "nobody")])
            self.facts["person.consents_to_visit"] = draw.chance(70)
            self.facts["family.without_family_care"] = True
        if status == "without_parental_care":
            self.facts["family.without_family_care"] = True
            self.facts["family.court_action"] = draw.weighted(
                [(5, "none_pending"), (3, "deprivation_of_parental_rights"), (2, "removal_without_deprivation")])
        if status != "at_risk":
            self.facts["need.extended_family_possible"] = draw.chance(40)
            self.facts["need.professional_carer_possible"] = draw.chance(40)
            self.facts["need.family_type_home_possible"] = draw.chance(25)
            self.facts["need.guardianship_requested"] = draw.chance(35)

    def add_commission(self, draw, service):
        """The way of an application up to the commission; its act stands in the file where it agreed."""
        self.facts["need.commission_opinion_given"] = draw.chance(60)
        if self.facts["need.commission_opinion_given"]:
            self.acts.append({"issuer": "commission", "services": [service],
                              "valid_from": days_before(draw, 5, 90).isoformat()})


def child_at_risk(draw):
    birth = born(draw, 0, 215)
    years = age(birth)
    if years < 3:
        case = Case("child_protection", ["day_service"], ["protection"])
        case.set_person(draw, birth, draw.pick(["female", "male"]))
        requested = draw.chance(85)
        evaluated = requested and draw.chance(70)
        decision = draw.weighted([(4, "not_yet"), (5, "admitted"), (1, "refused")]) if evaluated else "not_yet"
        case.facts.update({"need.day_service_requested": requested, "need.day_service_family_evaluated": evaluated,
                           "need.day_service_commission_decision": decision})
        if decision == "admitted":
            case.acts.append({"issuer": "commission", "services": ["day_service"],
                              "valid_from": days_before(draw, 5, 60).isoformat()})
    elif draw.chance(25):
        case = Case("child_protection", ["rehabilitation_centre", "personal_assistance"], ["protection"])
        case.set_person(draw, birth, draw.pick(["female", "male"]))
        case.facts["person.neurological_disorder"] = draw.chance(80)
        case.facts["person.severe_disability"] = draw.chance(50)
        case.facts["person.needs_permanent_care"] = case.facts["person.severe_disability"] and draw.chance(60)
        case.facts["need.medical_certificate_date"] = days_before(draw, 0, 45).isoformat()
        case.facts["need.respite_days_requested"] = draw.between(3, 20)
        case.facts["need.respite_days_used"] = draw.pick([0, 0, 7, 14, 20, 30])
        case.facts["need.respite_approved"] = draw.chance(60)
    else:
        needs = ["counselling", "family_support"] if years < 7 else ["day_centre", "counselling"]
        if years >= 10 and draw.chance(40):
            needs = ["street_service", "counselling"]
        case = Case("child_protection", needs, ["protection"])
        case.set_person(draw, birth, draw.pick(["female", "male"]))
        case.facts["need.cash_help_requested"] = draw.chance(50)
        if case.facts["need.cash_help_requested"]:
            case.facts["need.complex_assessment_done"] = draw.chance(70)
            case.facts["need.cash_help_amount"] = draw.pick([1000, 1500, 2500, 3000, 4000, 4500])
            case.add_commission(draw, "family_support")
    case.add_status(draw, "at_risk")
    case.facts["person.victim_of_violence"] = draw.chance(15)
    if draw.chance(12):  # imminent danger was found, and for some the child was taken
        case.emergency = "yes"
        case.facts["need.imminent_danger"] = True
        case.facts["need.emergency_removal_decided"] = draw.chance(50)
        if years < 8:
            case.needs = ["placement_centre"]
            case.facts["need.crisis_ground"] = "at_risk"
            case.facts["need.placement_request_made"] = True
            case.facts["need.placement_order_issued"] = draw.chance(70)
            case.facts["need.crisis_admission_date"] = days_before(draw, 0, 60).isoformat()
    return [case]


def siblings(draw, number):
    """Two or three children of one family who stay together."""
    cases = []
    status = draw.weighted([(4, "at_risk"), (4, "temporarily_without_parental_care"), (3, "without_parental_care")])
    needs = ["family_support", "counselling"] if status == "at_risk" else draw.pick(
        [["family_type_home"], ["professional_parental_assistance"]])
    language = draw.weighted([(8, "ro"), (2, "ru")])
    shared = None
    births = []
    for _ in range(draw.pick([2, 2, 3])):
        birth = born(draw, 6, 204)
        while any(abs((birth - other).days) < 300 for other in births):
            birth = born(draw, 6, 204)
        births.append(birth)
        case = Case("child_protection", needs, ["protection"])
        case.set_person(draw, birth, draw.pick(["female", "male"]))
        case.add_status(draw, status)
        case.group = "siblings-%02d" % number
        case.language = language
        family = [name for name in case.facts if name.startswith("family.")]
        if shared is None:
            shared = {name: case.facts[name] for name in family}
        case.facts.update(shared)
        case.village = shared["family.residence_kind"] == "village_commune_or_town"
        case.facts["person.lives_in_chisinau"] = not case.village
        cases.append(case)
    return cases


def refugee_child(draw):
    birth = born(draw, 6, 215)
    case = Case("child_protection", ["counselling", "day_centre"], ["protection"])
    case.set_person(draw, birth, draw.pick(["female", "male"]))
    case.language = draw.weighted([(7, "uk"), (3, "ru")])
    situation = draw.weighted([(5, "with_family"), (2, "unaccompanied"), (2, "separated"), (1, "displaced")])
    case.facts["person.refugee"] = True
    case.facts["person.refugee_situation"] = situation
    if situation == "with_family":
        if age(birth) < 3:
            case.needs = ["day_service"]
            case.facts["need.day_service_requested"] = draw.chance(60)
    else:
        case.add_status(draw, "temporarily_without_parental_care")
        case.needs = ["assisted_housing"] if age(birth) >= 14 else ["professional_parental_assistance"]
    if draw.chance(18):  # no papers: only the year or the month of birth is known
        if draw.chance(50):
            low, high = birth.replace(month=1, day=1), birth.replace(month=12, day=31)
        else:
            low = birth.replace(day=1)
            high = (low + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
        high = min(high, REFERENCE)
        case.facts["person.birth_date"] = {"domain": {"low": low.isoformat(), "high": high.isoformat()}}
    return [case]


def care_leaver(draw):
    case = Case("child_protection", ["assisted_housing", "counselling"], ["reintegration"])
    case.set_person(draw, born(draw, 15 * 12, 23 * 12), draw.pick(["female", "male"]))
    case.add_status(draw, draw.pick(["without_parental_care", "temporarily_without_parental_care"]))
    case.facts["person.without_home"] = draw.chance(45)
    case.facts["need.assisted_housing_accepts_age"] = draw.chance(60)
    return [case]


def young_mother(draw):
    case = Case("child_protection", ["maternal_centre", "counselling"], ["protection"])
    case.set_person(draw, born(draw, 15 * 12, 25 * 12), "female")
    mother = draw.chance(75)
    case.facts.update({"person.is_parent": mother, "person.is_mother": mother,
                       "person.raises_child_alone": mother and draw.chance(60),
                       "person.pregnant": not mother or draw.chance(10), "person.without_home": draw.chance(50),
                       "person.victim_of_violence": draw.chance(40)})
    case.language = draw.weighted([(7, "ro"), (2, "ru"), (1, "uk")])
    return [case]


def on_probation(draw):
    case = Case("probation", ["probation_supervision"], [draw.pick(["reoffending_prevention", "reintegration"])])
    birth = born(draw, 15 * 12, 20 * 12)
    case.set_person(draw, birth, draw.weighted([(1, "female"), (6, "male")]))
    case.language = draw.weighted([(7, "ro"), (2, "ru"), (1, "uk")])
    youngest = birth.replace(year=birth.year + 14, day=min(birth.day, 28))
    recent = max(0, (REFERENCE - youngest).days)
    conviction = REFERENCE - datetime.timedelta(days=draw.between(10, min(600, max(11, recent))))
    case.conviction = conviction
    previous = draw.weighted([(55, 0), (20, 1), (12, 2), (7, 3), (4, 5), (2, 8)])
    since_first = max(0, (conviction - youngest).days)
    first = conviction
    if previous > 0:
        first -= datetime.timedelta(days=draw.between(since_first // 4, since_first))
    measure = draw.weighted([(30, "suspended_sentence"), (25, "community_work"), (20, "released_from_liability"),
                             (10, "conditional_release"), (8, "released_from_punishment"), (4, "deprivation_of_right"),
                             (3, "other")])
    act = "prosecutor_ordinance" if measure == "released_from_liability" else draw.weighted(
        [(39, "court_decision"), (1, "pardon_decree")])
    received = draw.chance(92)
    received_on = conviction + datetime.timedelta(days=draw.between(1, 9))
    facts = case.facts
    facts.update({
        "probation.conviction_date": conviction.isoformat(),
        "probation.first_sanction_date": first.isoformat(),
        "probation.previous_sanctions": previous,
        "probation.risk_start_date": conviction.isoformat(),
        "probation.offence_group": draw.weighted(OFFENCES),
        "probation.measure": measure,
        "probation.opening_act": act,
        "probation.act_received": received,
        "probation.act_received_date": received_on.isoformat() if received else NONE,
        "probation.monitoring_ground": draw.weighted(
            [(12, "other"), (3, "suspended_sentence"), (1, "preventive_measure_with_obligations")]),
        "probation.community_work_kind": NONE,
        "probation.community_work_hours": NONE,
        "probation.community_work_hours_per_day": NONE,
        "probation.works_or_studies": draw.chance(65),
        "probation.agrees_to_longer_day": draw.chance(30),
    })
    if measure == "community_work":
        kind = draw.weighted([(8, "criminal"), (2, "contravention")])
        # A few orders lie outside the law, so that the check has something to find.
        hours = draw.pick([60, 80, 100, 120, 180, 240, 260] if kind == "criminal" else [10, 20, 40, 60, 70])
        facts["probation.community_work_kind"] = kind
        facts["probation.community_work_hours"] = hours
        facts["probation.community_work_hours_done"] = draw.between(0, hours)
        facts["probation.community_work_hours_per_day"] = draw.pick([2, 3, 4, 4, 6, 8])
        case.needs.append("community_work")
    elif draw.chance(50):
        case.needs.append("probation_programme")
    if draw.chance(30):
        case.needs.append("counselling")
    if received:
        case.acts.append({"issuer": "prosecutor" if act == "prosecutor_ordinance" else "court",
                          "valid_from": conviction.isoformat()})
    if age(birth) < 18 and draw.chance(15):
        case.add_status(draw, "at_risk")
    return [case]


def hide(draw, cases):
    """Removes every fifth fact of the whole file, by chance; facts that are settled stay."""
    total = sum(len(case.facts) for case in cases)
    open_facts = [(i, name) for i, case in enumerate(cases) for name in sorted(case.facts) if name not in case.settled]
    draw.shuffle(open_facts)
    for i, name in open_facts[:total // MISSING_SHARE]:
        del cases[i].facts[name]


def annotate(draw, case):
    """Some facts cannot be known, some carry their source and the day of recording."""
    may_be_uncertain = {"person.victim_of_violence", "need.extended_family_possible", "person.refugee_situation",
                        "probation.first_sanction_date", "person.status_ground"}
    sources = {"person": ["birth certificate", "case file", "family doctor", "school"],
               "family": ["case file", "social inquiry"], "need": ["case file", "commission"],
               "probation": ["court", "register", "case file"]}
    for name in sorted(case.facts):
        if isinstance(case.facts[name], dict):
            continue
        group = name.split(".")[0]
        if name in may_be_uncertain and draw.chance(12):
            case.facts[name] = UNCERTAIN
        elif draw.chance(8):
            since = case.conviction if group == "probation" else case.birth
            case.facts[name] = {"value": case.facts[name], "source": draw.pick(sources[group]),
                                "recorded": days_before(draw, 0, min(300, (REFERENCE - since).days)).isoformat()}


def consent(draw, case):
    """Answers by category of data: most agree to all, some were not asked everything, a few refuse something."""
    categories = (["identity", "family", "education", "offence", "procedure", "status"] if case.kind == "probation" else
                  ["identity", "family", "health", "housing", "income", "origin", "procedure", "status", "violence"])
    answers = dict.fromkeys(categories, "given")
    attitude = draw.weighted([(62, "all"), (20, "not asked everything"), (11, "refuses something"), (7, "not asked")])
    if attitude == "not asked everything":
        for _ in range(draw.between(1, 3)):
            answers.pop(draw.pick(categories), None)
    elif attitude == "refuses something":
        answers[draw.pick(categories[1:])] = "refused"
    elif attitude == "not asked":
        answers = {}
    return answers


def holder(draw, case, network):
    if case.kind == "probation":
        return draw.weighted(network["adult" if age(case.birth) >= 18 else "juvenile"])
    return draw.weighted(network["village" if case.village else "child"])


def document(number, case, agency, draw):
    result = {"format": "tutela-case/1", "id": "synthetic-%04d" % number, "synthetic": True, "jurisdiction": "MD",
              "language": case.language, "kind": case.kind, "held_by": agency, "needs": case.needs,
              "purposes": case.purposes}
    answers = consent(draw, case)
    if answers:
        result["consent"] = answers
    if case.group:
        result["group"] = case.group
    if case.emergency == "yes" or draw.chance(80):
        result["emergency"] = case.emergency
    if case.acts:
        result["acts"] = case.acts
    result["facts"] = {name: case.facts[name] for name in sorted(case.facts)}
    return result


def build():
    draw = Draw(20260301)
    families = []  # lists of cases that belong together
    families += [child_at_risk(draw) for _ in range(70)]
    number = 0
    while sum(map(len, families)) < 130:
        number += 1
        families.append(siblings(draw, number))
    while sum(map(len, families)) < 175:
        families.append(refugee_child(draw))
    while sum(map(len, families)) < 210:
        families.append(care_leaver(draw))
    while sum(map(len, families)) < 225:
        families.append(young_mother(draw))
    while sum(map(len, families)) < 300:
        families.append(on_probation(draw))
    draw.shuffle(families)
    cases = [case for family in families for case in family]
    hide(draw, cases)
    for case in cases:
        annotate(draw, case)
    lines = []
    placed = 0
    for family in families:
        network = CHISINAU if placed < 100 else DEMO  # the first hundred; the order was shuffled
        agency = holder(draw, family[0], network)  # siblings have one holder
        for case in family:
            placed += 1
            lines.append(document(placed, case, agency, draw))
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)


def main():
    path = pathlib.Path(__file__).resolve().parent / "synthetic-300.ndjson"
    text = build()
    if "--check" in sys.argv[1:]:
        same = path.is_file() and path.read_bytes() == text.encode("utf-8")
        print("synthetic-300.ndjson is up to date" if same else "synthetic-300.ndjson differs; run generate.py")
        return 0 if same else 1
    path.write_bytes(text.encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
