# SPDX-License-Identifier: Apache-2.0
"""FEEL's regular expressions against Python's `re`, on the patterns that mean the same in both."""

import re

from hypothesis import given, seed, settings
from hypothesis import strategies as st

import tutela

SEED = 20260302  # printed with each failure, and fixed: the same patterns in every run
MANY = settings(max_examples=1000, deadline=None, database=None)

letters = st.sampled_from("abcABXé0-_ й")
texts = st.text(letters, max_size=12)
atoms = st.one_of(
    letters.map(lambda letter: re.escape(letter) if letter == "-" else letter),
    st.sampled_from(["[abc]", "[^ab]", "[a-cX]", "\\d", "\\D", "\\s", "\\."]),
)
quantifiers = st.sampled_from(["", "", "", "*", "+", "?", "{1,2}", "{2}", "*?", "+?"])


def grow(inner):
    quantified = st.tuples(inner, quantifiers).map(lambda parts: f"({parts[0]}){parts[1]}")
    return st.one_of(st.lists(inner, min_size=1, max_size=3).map("".join), st.lists(inner, min_size=2, max_size=3).map("|".join), quantified)


patterns = st.recursive(st.tuples(atoms, quantifiers).map("".join), grow, max_leaves=6)


def feel(text, **names):
    return tutela.feel(text, names)


@seed(SEED)
@MANY
@given(texts, patterns, st.booleans(), st.booleans())
def test_matches(text, pattern, begin, end):
    pattern = ("^" if begin else "") + f"({pattern})" + ("$" if end else "")
    assert feel("matches(s, pattern)", s=text, pattern=pattern) is bool(re.search(pattern, text)), (SEED, text, pattern)


@seed(SEED)
@MANY
@given(texts, patterns)
def test_replace_and_split(text, pattern):
    if re.search(pattern, ""):
        assert type(feel('replace(s, pattern, "!")', s=text, pattern=pattern)).__name__ == "Fault"
        return
    found = [match for match in re.finditer(pattern, text) if not match.group()]
    if found:
        return  # XPath and Python differ on empty matches inside a text
    expected = re.sub(pattern, lambda match: f"<{match.group()}>", text)
    assert feel("replace(s, pattern, to)", s=text, pattern=f"({pattern})", to="<$1>") == expected, (SEED, text, pattern)
    parts, at = [], 0
    for match in re.finditer(pattern, text):
        parts.append(text[at : match.start()])
        at = match.end()
    assert feel("split(s, pattern)", s=text, pattern=pattern) == [*parts, text[at:]], (SEED, text, pattern)
