# SPDX-License-Identifier: Apache-2.0
"""Small plain values that go in and out of the library.

None of them prints what it holds about a person: `repr` is safe for logs.
"""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple


class Marker(enum.Enum):
    """The two states of a fact that no Python value stands for; use `tutela.NONE` and `tutela.UNCERTAIN`."""

    NONE = "none"
    UNCERTAIN = "uncertain"

    def __bool__(self) -> bool:
        raise TypeError(f"{self!r} is neither true nor false: compare with `is {self!r}`")

    def __repr__(self) -> str:
        return f"tutela.{self.name}"


NONE = Marker.NONE
UNCERTAIN = Marker.UNCERTAIN


class Answer(NamedTuple):
    """The answer of `Row.answer`, without its reasons."""

    outcome: str
    """As `Verdict.outcome`."""
    value: Any
    """The answer when the outcome is `known`, otherwise None. `tutela.NONE` is an answer too: no rule applies."""

    def __bool__(self) -> bool:
        raise TypeError("an answer is neither true nor false: compare `value` with `is True`, and look at `outcome` first")

    def __repr__(self) -> str:
        return f"<tutela.Answer: {self.outcome}>"


class Range(NamedTuple):
    """An interval; an end that is None is open."""

    low: Any
    high: Any
    low_included: bool = True
    high_included: bool = True


class Possible(NamedTuple):
    """What a value may still turn out to be."""

    kind: str
    """`any`, `set` or `range`."""
    values: tuple[Any, ...] = ()
    """The possibilities of a `set`."""
    range: Range | None = None
    """The bounds of a `range`."""
    approximate: bool = False
    """True when it holds possibilities that no completion of the facts produces."""

    def __repr__(self) -> str:
        size = f", {len(self.values)} values" if self.kind == "set" else ""
        return f"<tutela.Possible: {self.kind}{size}{', approximate' if self.approximate else ''}>"


class Unknown(NamedTuple):
    """A value that is not (fully) known. As a fact: `one_of(14, 15)` or `between(low, high)`."""

    facts: tuple[str, ...] = ()
    """The missing facts that it depends on."""
    possible: Possible = Possible("any")
    """What it may still be."""

    def __repr__(self) -> str:
        return f"<tutela.Unknown: {', '.join(self.facts) or 'not fully known'}>"


def one_of(*values: Any) -> Unknown:
    """A fact that is one of these values; which one is not known."""
    if not values:
        raise ValueError("one_of needs at least one value")
    return Unknown((), Possible("set", values))


def between(low: Any, high: Any, *, low_included: bool = True, high_included: bool = True) -> Unknown:
    """A fact that lies in this interval; where is not known. An end that is None is open."""
    return Unknown((), Possible("range", (), Range(low, high, low_included, high_included)))


class Fact(NamedTuple):
    """A fact with its source: a value alone is the same as `Fact(value)`."""

    value: Any
    """The value, `tutela.NONE`, `tutela.UNCERTAIN` or an `Unknown`."""
    source: str = ""
    """Register, document or person's role."""
    recorded: date | str | None = None
    """The day it was recorded."""
    valid_from: date | str | None = None
    """First day on which it holds."""
    valid_until: date | str | None = None
    """First day on which it holds no more."""

    def __repr__(self) -> str:
        return f"<tutela.Fact from {self.source or 'an unnamed source'}>"


class Fault(NamedTuple):
    """Why a value cannot be computed."""

    what: str
    place: str


class Citation(NamedTuple):
    """Where a rule or figure is written."""

    act: str
    article: str
    source: str
    grade: str
    """`A`, `B`, `C`, `D` or `unverified`."""
    status: str
    text_date: date | None

    def __str__(self) -> str:
        return " ".join(part for part in (self.act, self.article, f"[{self.grade}]") if part)


class Duty(NamedTuple):
    """Something that somebody must do once a rule applies."""

    clock: str
    to: str


class Reason(NamedTuple):
    """One rule that led, or may lead, to the answer."""

    decision: str
    rule: int
    """Number of the rule from 1; 0 for the default output or a decision without a table."""
    applies: str
    """`yes`, or `unknown` when the missing facts decide."""
    conditions: tuple[str, ...]
    label: str
    output: Any
    valid_from: date | None
    valid_until: date | None
    citations: tuple[Citation, ...]
    duties: tuple[Duty, ...]

    def __repr__(self) -> str:
        return f"<tutela.Reason: rule {self.rule} of {self.decision!r}>"


class Bounds(NamedTuple):
    """Lowest and highest value over every completion of the missing facts; equal when it is settled."""

    lowest: float
    highest: float

    @property
    def is_settled(self) -> bool:
        """True when every completion gives the same value."""
        return self.lowest == self.highest

    def __repr__(self) -> str:
        return f"<tutela.Bounds: {'settled' if self.is_settled else 'open'}>"


class ScoreOutput(NamedTuple):
    """One number that an instrument reports."""

    id: str
    label: str
    unit: str
    """`points`, `log odds`, `probability`, `percent` or `level`."""
    horizon: str
    """ISO 8601 duration that a probability speaks about; empty when none."""
    decimals: int
    value: Bounds


class Contribution(NamedTuple):
    """What one item adds to a score."""

    item: str
    label: str
    value: Bounds


class Days(NamedTuple):
    """Days that something takes; `upper` is None when no upper bound is known."""

    lower: int
    upper: int | None


class Obstacle(NamedTuple):
    """One thing that keeps a hop from being certain."""

    kind: str
    holds: str
    """`yes`: it blocks the hop. `unknown`: it may, ask."""
    subject: str
    detail: str
    since: date | None
    ask: tuple[str, ...]
    text: str
    """The obstacle in words."""

    def __str__(self) -> str:
        return self.text


class Hop(NamedTuple):
    """One hop of a path, or a hop that blocks all paths."""

    from_: str
    to: str
    state: str
    """`certain`, `possible` or `blocked`."""
    kind: str
    """What it rests on: `same_agency`, `statutory_duty`, `emergency`, `act`, `competence` or `agreement`."""
    basis: str
    agreement: str
    citation: Citation | None
    days: Days
    categories: tuple[str, ...]
    obstacles: tuple[Obstacle, ...]


class Route(NamedTuple):
    """A lawful path."""

    hops: tuple[Hop, ...]
    state: str
    """The least sure of the hops: `certain` or `possible`."""
    days: Days
    service: str
    first_free_place: date | None
    ask: tuple[str, ...]
    """Facts that would settle what is open."""


class RouteChoice(NamedTuple):
    """A path to choose, and how far its service is."""

    route: Route
    metres: int | None
    """From home; None when not known or not to be shown."""


class DatedRoute(NamedTuple):
    """A path whose hops are taken on different days."""

    route: Route
    on: tuple[date, ...]
    """The day on which each hop is taken."""
    arrives: date | None
    """Certain paths: at the latest; possible ones: at the earliest."""


class DatedRouteAnswer(NamedTuple):
    """The best certain path over time; where a possible one may come earlier, that one."""

    certain: DatedRoute | None
    possible: DatedRoute | None


class CoverageGap(NamedTuple):
    """One row of demand beside what the network offers."""

    area: str
    minimum_age_months: int
    maximum_age_months: int
    need: str
    people: int
    places: int
    """In the area, of services that take every age of the range."""
    places_in_part: int
    unknown_services: int
    free: int
    protected_places: int
    """Anywhere, of services whose area may not be told."""
    missing: int
    nearest: int | None
    """Metres; None when there is none that may be shown."""
    reachable: int | None
    """Places that the agency may refer to; None without an agency."""


class Page(str):
    """An HTML page as text; a notebook shows it in a frame of its own, where it can load nothing."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        import html

        return (
            f'<iframe sandbox title="Tutela" style="width:100%;height:40rem;border:0" srcdoc="{html.escape(self)}"></iframe>'
        )


class SinglePoint(NamedTuple):
    """A stop without which a client loses others."""

    stop: str
    losses: tuple[str, ...]


class Bottleneck(NamedTuple):
    """How many get through at once, and what is in the way of more."""

    served: int
    wanted: int
    nodes: tuple[str, ...]
    all_served: tuple[str, ...]


class NetworkLoad(NamedTuple):
    """How many people services must take and may take, over all ways to serve as many as can be served."""

    served: int
    wanted: int
    services: dict[str, tuple[int, int]]
    """Least and greatest of each service."""
    hops: dict[tuple[str, str], tuple[int, int]]
    """Least and greatest of each way from an agency to a service."""
    overloaded: dict[str, tuple[int, int]]
    """Stops that more must pass than they take through: how many must, and how many they take."""


class Repair(NamedTuple):
    """The fewest places to add."""

    places: dict[str, int]
    added: int
    still_waiting: int
    is_least: bool


class Opener(NamedTuple):
    """One change that alone opens a path."""

    kind: str
    """`consent`, `place`, `service`, `agreement` or `new_agreement`, from small to large."""
    subject: str
    """Category of data, service or agreement; of a new agreement the agency that would refer."""
    to: str | None
    """Of a new agreement: whom it would refer to."""
    path: tuple[str, ...]


class AgreementRepair(NamedTuple):
    """The cheapest agreements to conclude."""

    chosen: tuple[int, ...]
    """Positions in the list of possible agreements."""
    places: tuple[str, ...]
    """Services that are given room."""
    cost: int
    bound: int
    """No choice that serves as many costs less."""
    unserved: tuple[int, ...]
    """Positions of clients whom all agreements together would not help."""
    is_least: bool


class ChildProposal(NamedTuple):
    """What is proposed for one child; a named person decides."""

    child: str
    service: str | None
    """The service proposed; None when the child waits."""
    state: str
    """`certain` or `possible`; `blocked` when there is no proposal."""
    reason: str
    better: str | None
    """The service that would suit better, where the reason speaks of one."""
    better_by: str | None
    decided_by: str | None
    """For `another_first`: the criterion that would suffer for all together."""
    runner_up: str | None
    behind_by: str | None
    ask: tuple[str, ...]
    text: str
    """In words that a parent can read."""

    def __str__(self) -> str:
        return self.text


class CriterionSum(NamedTuple):
    """What a proposal reaches by one criterion; less is better."""

    criterion: str
    value: int
    bound: int
    """In the order of the criteria, no arrangement is below these."""


class AllocationProposal(NamedTuple):
    """A proposal for people to look at. It decides nothing and admits nobody."""

    children: tuple[ChildProposal, ...]
    criteria: tuple[CriterionSum, ...]
    is_best: bool
    """Proven that no arrangement is better for all together."""


class ChangedProposal(NamedTuple):
    """A child for whom another service is proposed than before."""

    child: str
    before: str | None
    after: str | None


class AllocationDifference(NamedTuple):
    """How a proposal differs after a change."""

    children: tuple[ChangedProposal, ...]
    before: tuple[CriterionSum, ...]
    after: tuple[CriterionSum, ...]


class DutyToReport(NamedTuple):
    """A duty to report; it holds whatever else is found."""

    id: str
    jurisdiction: str
    who: str
    when: str
    to_whom: str
    to: str
    hours: int | None
    citation: Citation | None
    valid_from: date | None
    valid_until: date | None


class Question(NamedTuple):
    """A fact that would settle something; it is asked once."""

    fact: str
    label: str
    question: str
    decisions: tuple[str, ...]
    """Decisions that wait for it."""
    needs: tuple[str, ...]
    """Needs whose path waits for it."""


class OpenCaution(NamedTuple):
    """What must be said about an answer that is not settled before anything is asked."""

    decision: str
    label: str
    caution: str
    """`not_excluded` (protective: assess safety at once) or `no_support` (restrictive)."""
    safety_duties: tuple[Duty, ...]
    """Duties that may already run, with their clocks, when `not_excluded`."""


class FactQuestion(NamedTuple):
    """One fact to find out, and of whom."""

    fact: str
    label: str
    text: str
    """The question; often empty."""
    asked_of: str
    """`registry`, `file`, `adult`, `child` or `trained_interviewer`; `file` when another agency shares it."""
    holder: str
    """The agency that holds it and may share it; empty otherwise."""
    may_be_held_by: tuple[str, ...]
    """Where the pack says that it may be on record."""
    sensitivity: str
    """`ordinary`, `personal` or `sensitive`."""
    cost: Decimal
    """Cost with its sensitivity, in units of one plain question."""
    decisions: tuple[str, ...]
    """Answers that it can still change."""
    expected_cost: float | None
    """Expected cost to settle all that hangs together with it when it is asked next."""
    prior: tuple[tuple[Any, float], ...]
    """Values that no rule tells apart, and how likely they are held to be. It decides about the order alone."""
    weighted: bool
    """True when the pack gives weights; otherwise the prior is uniform."""

    def __repr__(self) -> str:
        return f"<tutela.FactQuestion '{self.fact}' for {len(self.decisions)} decisions>"


class Turn(NamedTuple):
    """One reason why an answer changes on a day."""

    kind: str
    """`age_reached`, `date_passed`, `law_began`, `law_ended`, `fact_began`, `fact_ended` or `other`."""
    name: str
    """The fact, or the decision whose text begins or ends."""
    months: int
    """Completed months since the date, or months added to it."""
    days: int
    """Days added to the date."""
    text: str
    """In a few words."""


class TimelineSpan(NamedTuple):
    """Days with one answer."""

    from_: date | str
    """First day."""
    until: date | str
    """First day after."""
    outcome: str
    value: Any
    """The answer when `known`, otherwise None."""
    possible: Possible
    missing: tuple[str, ...]
    uncertain: tuple[str, ...]
    began_with: tuple[Turn, ...]
    """What happens on the first day; empty at the start of the timeline."""
    citations: tuple[Citation, ...]

    def __repr__(self) -> str:
        return f"<tutela.TimelineSpan from {self.from_} until {self.until}: {self.outcome}>"


class Timeline(NamedTuple):
    """The answers to one decision over an interval of days."""

    decision: str
    spans: tuple[TimelineSpan, ...]
    """Without gaps; neighbours differ."""
    day_by_day: bool
    """True when every day was evaluated."""
    why_day_by_day: str
    evaluations: int
    json: str
    """All of it, as the command line writes it."""

    def __repr__(self) -> str:
        return f"<tutela.Timeline '{self.decision}': {len(self.spans)} spans>"

    def _repr_html_(self) -> str:
        from . import display

        return display.timeline(self)


class Change(NamedTuple):
    """One fact that would have to be another."""

    fact: str
    label: str
    to: Any
    """One value, or an `Unknown` with the values that do."""
    help: str
    """What the agency can do, as the pack says it."""

    def __repr__(self) -> str:
        return f"<tutela.Change of '{self.fact}'>"


class ChangeSet(NamedTuple):
    """A smallest set of changes that leads to another answer."""

    changes: tuple[Change, ...]
    answer: Any

    def __repr__(self) -> str:
        return f"<tutela.ChangeSet: {len(self.changes)} changes>"


class Counterfactuals(NamedTuple):
    """What a service could do so that an answer changes; never advice to the person."""

    decision: str
    outcome: str
    value: Any
    ways: tuple[ChangeSet, ...]
    """Fewest changes first; each was evaluated again."""
    changeable: tuple[str, ...]
    """Known facts of the decision that the pack marks as changeable."""
    complete: bool
    json: str
    """All of it, as the command line writes it."""

    def __repr__(self) -> str:
        return f"<tutela.Counterfactuals of '{self.decision}': {len(self.ways)} ways>"

    def _repr_html_(self) -> str:
        from . import display

        return display.counterfactuals(self)


class Diagnostic(NamedTuple):
    """One finding about an input: where, what, and how to mend it. Never a person's data."""

    code: str
    """Stable number: `TUT-703`."""
    severity: str
    """`error`, `warning` or `note`."""
    file: str
    line: int
    column: int
    pointer: str
    """JSON pointer, name of a fact, or path of a model element."""
    what: str
    mend: str

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line or None, self.column or None) if part)
        where = " ".join(part for part in (place, self.pointer) if part)
        text = f"{self.severity} {self.code}: {self.what}" + (f"; {self.mend}" if self.mend else "")
        return f"{where}: {text}" if where else text


class WordForm(NamedTuple):
    """One form of a word in one language."""

    text: str
    """As it is written."""
    country: str
    """ISO 3166 code where only one country says it so; empty otherwise."""
    review: bool
    """True when it was seen in no source: a native speaker has to look before it is relied on."""


class FieldWord(NamedTuple):
    """One thing of the field and what it is called."""

    id: str
    """The word used in code: `child_at_risk`."""
    forms: dict[str, tuple[WordForm, ...]]
    """Its forms by language (`en`, `ro`, `uk`, `ru`), the usual one first; none where a language has no such thing."""


class TestCase(NamedTuple):
    """One test case of a pack, run."""

    file: str
    id: str
    description: str
    passed: bool
    results: tuple[TestResult, ...]


class TestResult(NamedTuple):
    """One expected result of a test case, and what came out."""

    node: str
    passed: bool
    expected: str
    actual: str


class PackFinding(NamedTuple):
    """One finding about a pack."""

    diagnostic: Diagnostic
    decision: str
    rules: tuple[int, ...]
    """Numbers of the rules that it is about, from 1."""
    on: date | None
    """A day on which it shows; None when that is so on every day."""
    inputs: dict[str, Any]
    """An example: every tested input of the table with a value."""
    certain: bool
    """False when a person has to look whether these inputs can come together."""

    def __repr__(self) -> str:
        return f"<tutela.PackFinding: {self.diagnostic}>"


class PackCheck(NamedTuple):
    """What the check of a pack found."""

    findings: tuple[PackFinding, ...]
    """Errors first, then warnings, then notes."""
    tables: int
    unchecked: int
    """Tables whose cells are more than comparisons with constants: not checked for gaps."""
    separations: int
    """Decisions that can separate a child from the family; each is tried in every case."""
    exact: bool
    """False when a limit ended the search in some table, or the cases of a separation could not all be told apart."""

    def __repr__(self) -> str:
        return f"<tutela.PackCheck: {len(self.findings)} findings in {self.tables} tables>"


class ComparedAnswer(NamedTuple):
    """What one version of a pack answers in the case that shows a difference."""

    outcome: str
    value: Any
    """The answer when `known`."""


class DecisionComparison(NamedTuple):
    """One decision in two versions of a pack."""

    decision: str
    renamed_to: str
    """Its name in the newer version, when that is another one."""
    change: str
    """`same`, `different`, `added`, `removed` or `not_compared`."""
    on: date | None
    """First day of those compared on which a case is answered otherwise."""
    facts: dict[str, Any]
    """That case; what it does not name makes no difference."""
    before: ComparedAnswer
    after: ComparedAnswer
    notes: tuple[str, ...]
    """What else is said about it otherwise: `effect: none -> restrictive`."""
    exact: bool
    """False when cases could not all be told apart."""
    every_day: bool
    """False when it reads the day asked about, so that only the days compared are known to be the same."""


class FactComparison(NamedTuple):
    """One fact that is not the same in two versions of a pack."""

    fact: str
    renamed_to: str
    change: str
    notes: tuple[str, ...]
    """What is declared otherwise: `type: number -> string`."""


class CaseMovements(NamedTuple):
    """Whose answer to one decision is another one: identifiers of cases."""

    decision: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    changed: tuple[str, ...]
    became_unknown: tuple[str, ...]
    became_known: tuple[str, ...]
    same: int


class PackComparison(NamedTuple):
    """The differences of two versions of a pack."""

    decisions: tuple[DecisionComparison, ...]
    facts: tuple[FactComparison, ...]
    """Those that are not the same."""
    days: tuple[date, ...]
    """Days that were compared."""
    cases: tuple[CaseMovements, ...]
    """Of each decision of both versions, when cases were given."""
    json: str
    """One JSON object a line, for each decision and for each fact that changed, as the command line writes it."""

    @property
    def has_differences(self) -> bool:
        """True when anything is not the same."""
        return bool(self.facts) or any(decision.change != "same" for decision in self.decisions)

    def __repr__(self) -> str:
        count = sum(decision.change != "same" for decision in self.decisions)
        return f"<tutela.PackComparison: {count} of {len(self.decisions)} decisions differ>"


class TestReport(NamedTuple):
    """What a run over a folder of test cases brought."""

    cases: tuple[TestCase, ...]
    diagnostics: tuple[Diagnostic, ...]
    passed: int
    failed: int

    def __repr__(self) -> str:
        return f"<tutela.TestReport: {self}>"

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed"
