# SPDX-License-Identifier: Apache-2.0
"""What the example of docs/risk.md takes for granted: a frame of made-up people."""

import pandas

import tutela

read = tutela.load_instrument("uk/ogrs3").facts
frame = pandas.DataFrame({"born" if name == "person.birth_date" else name: [None, None] for name in read})
