# SPDX-License-Identifier: Apache-2.0
import os
from collections import abc
from datetime import date
from typing import Literal

_Day = date | str
_Limits = abc.Mapping[str, int] | None
_Path = str | os.PathLike[str]
_Outcome = Literal[
    "known", "unknown", "undeterminable", "refused", "no_law_in_force", "rule_not_available", "error"
]
