# SPDX-License-Identifier: Apache-2.0
from collections import abc
from collections.abc import Iterable, Sequence
from typing import Any

from ._engine import Case
from ._referral import Network
from ._risk import Instrument
from ._rules import Pack
from ._types import _Day, _Limits

class PseudonymKeys:
    def __init__(self, keys: Iterable[tuple[str, bytes]]) -> None: ...
    def pseudonym(self, purpose: str, identifier: str) -> str: ...
    def stands_for(self, pseudonym: str, purpose: str, identifier: str) -> bool | None: ...
    def is_outdated(self, pseudonym: str) -> bool: ...

class DisclosureFinding:
    @property
    def told(self) -> tuple[str, ...]: ...
    @property
    def minimum_known(self) -> bool: ...
    def of_result(self, facts: str | Sequence[str]) -> str: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def redact(self, case: Case, pseudonym: str) -> Case: ...
    def entry(self, told: Case, *, by: str, keys: PseudonymKeys) -> dict[str, Any]: ...

def _what_may_be_told(
    case: Case,
    to: str,
    purpose: str,
    on: _Day,
    networks: list[Network],
    packs: list[Pack],
    instruments: list[Instrument],
    facts: str | Sequence[str],
    decisions: str | Sequence[str],
    consents: list[abc.Mapping[str, Any]],
    role: str,
    stays_in: str,
    place_facts: str | Sequence[str],
) -> DisclosureFinding: ...

class KeptRecord:
    def __init__(self, facts: abc.Mapping[str, Any]) -> None: ...
    def rectify(
        self, fact: str, value: Any, *, source: str = "", on: _Day, by: str, reason: str, erase_old: bool = False
    ) -> KeptRecord: ...
    def restrict(self, fact: str, *, on: _Day, by: str, reason: str) -> KeptRecord: ...
    def release(self, fact: str, *, on: _Day, by: str, reason: str) -> KeptRecord: ...
    def erase(
        self,
        fact: str,
        *,
        on: _Day,
        by: str,
        reason: str,
        categories: abc.Mapping[str, str] = {},
        holds: list[abc.Mapping[str, Any]] = [],
    ) -> KeptRecord: ...
    def lapse(
        self, facts: str | Sequence[str], *, kind: str, source: str = "", on: _Day, by: str, reason: str
    ) -> KeptRecord: ...
    def readable(self, on: _Day) -> dict[str, list[Any]]: ...
    def retention(
        self,
        *,
        categories: abc.Mapping[str, str],
        rules: list[abc.Mapping[str, Any]],
        events: abc.Mapping[str, _Day] = {},
        holds: list[abc.Mapping[str, Any]] = [],
        on: _Day,
    ) -> list[dict[str, Any]]: ...
    @property
    def history(self) -> list[dict[str, Any]]: ...

def _review_anonymity(
    quasi_identifiers: list[list[str]], sensitive: list[str] | None, people: int, values: int, limits: _Limits
) -> dict[str, Any]: ...
def suppress_small_cells(
    rows: Sequence[Sequence[int]], *, smallest: int = 5, width: int = 5
) -> list[list[int | None]]: ...
