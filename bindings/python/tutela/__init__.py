# SPDX-License-Identifier: Apache-2.0
"""Tutela: what the law grants a child or a person on probation, how high the risk is, and who can take them.

    import tutela

    pack = tutela.load_pack("md/child-protection")
    verdicts = pack.decide({"child.birth_date": "2015-03-14"}, on="2026-03-02")

Three things to know:

- A fact that is not there, or is None, is *unknown*, never false. `tutela.NONE` says that there is none,
  `tutela.UNCERTAIN` that it cannot be known.
- Answers are findings for a named human, never decisions: look at `verdict.outcome` before `verdict.value`.
- There is no clock: the day is always an argument.

Everything that is loaded never changes and may be used from several threads at once.
"""

from collections.abc import Mapping as _Mapping

from . import _core
from ._core import (
    Agenda,
    Assessment,
    BatchAnswers,
    BatchComparison,
    Case,
    DriftMonitor,
    FhirResource,
    Instrument,
    Interview,
    LocalNorm,
    Network,
    NetworkHistory,
    Pack,
    ReachTable,
    Recalibration,
    ReferralLog,
    RouteAnswer,
    Score,
    ScoreOverride,
    ServiceReport,
    ValidationReport,
    Verdict,
    Verdicts,
    __version__,
    allowed_after,
    check_decisions,
    compare_batch,
    effective_band,
    feel,
    import_register,
    load_event_log,
    load_instrument,
    load_network,
    load_network_history,
    load_pack,
    override_statistics,
    parse_cases,
    parse_event_log,
    parse_fhir,
    parse_hsds,
    parse_instrument,
    parse_network,
    parse_network_history,
    parse_pack,
    parse_pmml,
    parse_referrals,
    parse_service_reports,
    population_stability,
    rater_agreement,
    recalibrate,
    shipped_packs,
    test_cases,
)
from .cases import assess, compare, load_cases
from .casework import agenda, agenda_rows
from .errors import ContractViolation, InputError, LimitError
from .validation import validate
from .values import NONE, UNCERTAIN, Fact, Range, between, one_of

_Mapping.register(Verdicts)

__all__ = [
    "Agenda",
    "Assessment",
    "BatchAnswers",
    "BatchComparison",
    "Case",
    "ContractViolation",
    "DriftMonitor",
    "Fact",
    "FhirResource",
    "InputError",
    "Instrument",
    "Interview",
    "LimitError",
    "LocalNorm",
    "NONE",
    "Network",
    "NetworkHistory",
    "Pack",
    "Range",
    "ReachTable",
    "Recalibration",
    "ReferralLog",
    "RouteAnswer",
    "Score",
    "ScoreOverride",
    "ServiceReport",
    "UNCERTAIN",
    "ValidationReport",
    "Verdict",
    "Verdicts",
    "__version__",
    "agenda",
    "agenda_rows",
    "allowed_after",
    "assess",
    "between",
    "check_decisions",
    "compare",
    "compare_batch",
    "effective_band",
    "feel",
    "import_register",
    "load_cases",
    "load_event_log",
    "load_instrument",
    "load_network",
    "load_network_history",
    "load_pack",
    "one_of",
    "override_statistics",
    "parse_cases",
    "parse_event_log",
    "parse_fhir",
    "parse_hsds",
    "parse_instrument",
    "parse_network",
    "parse_network_history",
    "parse_pack",
    "parse_pmml",
    "parse_referrals",
    "parse_service_reports",
    "population_stability",
    "rater_agreement",
    "recalibrate",
    "shipped_packs",
    "test_cases",
    "validate",
]
