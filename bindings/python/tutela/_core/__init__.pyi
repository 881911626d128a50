# SPDX-License-Identifier: Apache-2.0
"""Stubs of the compiled module, in parts as its sources are."""

from ._casework import (
    Agenda as Agenda,
    RecordBook as RecordBook,
    ServiceReport as ServiceReport,
    _agenda as _agenda,
    _check_positions as _check_positions,
    _clocks as _clocks,
    _count_equipment as _count_equipment,
    _draft as _draft,
    _joint_plans as _joint_plans,
    _needed_papers as _needed_papers,
    _review_child_protection as _review_child_protection,
    _review_probation as _review_probation,
    check_decisions as check_decisions,
    load_records as load_records,
    may_follow as may_follow,
    parse_records as parse_records,
    parse_service_reports as parse_service_reports,
)
from ._disclosure import (
    DisclosureFinding as DisclosureFinding,
    KeptRecord as KeptRecord,
    PseudonymKeys as PseudonymKeys,
    _review_anonymity as _review_anonymity,
    _what_may_be_told as _what_may_be_told,
    suppress_small_cells as suppress_small_cells,
)
from ._engine import (
    Assessment as Assessment,
    Case as Case,
    assess_cases as assess_cases,
    parse_cases as parse_cases,
)
from ._exchange import (
    FhirResource as FhirResource,
    Mapping as Mapping,
    find_field_word as find_field_word,
    import_register as import_register,
    load_field_words as load_field_words,
    load_mapping as load_mapping,
    parse_fhir as parse_fhir,
    parse_field_words as parse_field_words,
    parse_hsds as parse_hsds,
    parse_mapping as parse_mapping,
)
from ._referral import (
    Network as Network,
    NetworkHistory as NetworkHistory,
    ReachTable as ReachTable,
    ReferralLog as ReferralLog,
    RouteAnswer as RouteAnswer,
    allowed_after as allowed_after,
    load_event_log as load_event_log,
    load_network as load_network,
    load_network_history as load_network_history,
    parse_event_log as parse_event_log,
    parse_network as parse_network,
    parse_network_history as parse_network_history,
    parse_referrals as parse_referrals,
)
from ._risk import (
    DriftMonitor as DriftMonitor,
    Instrument as Instrument,
    LocalNorm as LocalNorm,
    Recalibration as Recalibration,
    Score as Score,
    ScoreOverride as ScoreOverride,
    ValidationReport as ValidationReport,
    effective_band as effective_band,
    load_instrument as load_instrument,
    override_statistics as override_statistics,
    parse_instrument as parse_instrument,
    parse_pmml as parse_pmml,
    population_stability as population_stability,
    rater_agreement as rater_agreement,
    recalibrate as recalibrate,
)
from ._rules import (
    BatchAnswers as BatchAnswers,
    BatchComparison as BatchComparison,
    Decision as Decision,
    Interview as Interview,
    Pack as Pack,
    Row as Row,
    Verdict as Verdict,
    Verdicts as Verdicts,
    compare_batch as compare_batch,
    feel as feel,
    load_pack as load_pack,
    parse_pack as parse_pack,
    shipped_packs as shipped_packs,
    test_cases as test_cases,
)

__version__: str
