# SPDX-License-Identifier: Apache-2.0
"""Seeds from the DMN test kit, which is not part of the tree: models of moderate size, and the expressions in them.

    python3 kit_seeds.py KIT FOLDER   writes FOLDER/dmn, FOLDER/feel and FOLDER/kit
"""

import pathlib
import re
import sys
import xml.etree.ElementTree

MOST_BYTES = 12_000  # larger models make each execution slow

kit, folder = map(pathlib.Path, sys.argv[1:])
texts = set()
for name in ("dmn", "feel", "kit"):
    (folder / name).mkdir(parents=True, exist_ok=True)
for path in sorted(kit.rglob("*.dmn")):
    if path.stat().st_size <= MOST_BYTES:
        (folder / "dmn" / path.name).write_bytes(path.read_bytes())
    for element in xml.etree.ElementTree.parse(path).iter():
        if element.tag.endswith("}text") and element.text and element.text.strip():
            texts.add(element.text.strip())
for number, text in enumerate(sorted(texts)):
    (folder / "feel" / f"{number:05}.txt").write_text(text, encoding="utf-8")
for path in sorted(kit.rglob("*.xml")):
    text = path.read_text(encoding="utf-8")
    name = re.search(r"<modelName>\s*(.*?)\s*</modelName>", text)
    model = path.parent / name[1] if name else path
    if not name or not model.is_file() or path.stat().st_size + model.stat().st_size > MOST_BYTES:
        continue
    cases = text.replace(name[0], "<modelName>model.dmn</modelName>")
    (folder / "kit" / f"{path.stem}.txt").write_text(f"{model.read_text(encoding='utf-8')}\n%%\n{cases}", encoding="utf-8")
