# SPDX-License-Identifier: Apache-2.0
"""What can go wrong. Unknown, not eligible, no route: those are answers, never errors."""

from __future__ import annotations

from collections.abc import Iterable

from .values import Diagnostic


class InputError(ValueError):
    """Something in the input is wrong; `diagnostics` has all of it, not only the first."""

    diagnostics: tuple[Diagnostic, ...]
    """Everything that is wrong, each with place and how to mend it; never a person's data."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))


class LimitError(InputError):
    """A bound on input or work was reached; the text names it."""


class ContractViolation(ValueError):
    """The library was called in a way that cannot mean anything, for example without a day for dated law."""
