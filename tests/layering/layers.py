#!/usr/bin/env python3
"""Fails when a header or source includes what its layer may not see. Usage: layers.py REPOSITORY

The layers are in layers.txt beside this file. Public headers also include nothing but the standard library and Tutela.
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')
DEPTH = 12  # longest chain of own headers; a longer one makes every small change rebuild everything


class Layers:
    def __init__(self, text):
        self.level, self.optional, self.outside = {}, {}, set()
        for number, line in enumerate(text.splitlines()):
            words = line.split("#")[0].split()
            if words and words[0] == "optional":
                self.optional[words[1]] = set(words[2:])
            elif words and words[0] == "outside":
                self.outside.update(words[1:])
            else:
                self.level.update({word: number for word in words})

    def room(self, path):
        """Room of `room/file.hpp`, or of a file without a folder (`tutela.hpp`)."""
        path = pathlib.PurePosixPath(path)
        stem = path.with_suffix("").as_posix()
        return stem if stem in self.level else path.parts[0].split(".")[0]

    def may_see(self, who, whom):
        return who == whom or self.level[whom] < self.level[who]


def includes(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1], match[2]


def check_file(layers, path, relative, name, public):
    """Findings for one file; `relative` is its path for people, `name` its path below include/tutela or src."""
    mine = layers.room(name)
    if mine not in layers.level:
        return [f"{relative}: room '{mine}' is not in layers.txt"]
    findings = []
    for number, quote, target in includes(path):
        where = f"{relative}:{number}"
        if public and quote == '"':
            findings.append(f"{where}: a public header includes <tutela/...>, not \"{target}\"")
            continue
        if quote == '"' or target.startswith("tutela/"):
            other = layers.room(target.removeprefix("tutela/"))
            if "/" not in target and quote == '"':
                findings.append(f"{where}: write the room too: \"{mine.split('/')[0]}/{target}\"")
            elif other not in layers.level:
                findings.append(f"{where}: room '{other}' of {target} is not in layers.txt")
            elif not layers.may_see(mine, other):
                findings.append(f"{where}: '{mine}' may not see '{other}' ({target})")
            elif quote == '"' and other != mine and mine in layers.outside:
                findings.append(f"{where}: '{mine}' links the library as users do; {target} is not there for it")
        elif public and ("/" in target or target.endswith((".h", ".hpp"))):
            if target.split("/")[0] not in layers.optional.get(name, ()):
                findings.append(f"{where}: a public header may not need {target}; hide it in the source")
    return findings


def depths(include_root):
    """Longest chain of own includes that starts at each public header."""
    own = {f"tutela/{path.relative_to(include_root / 'tutela').as_posix()}": path
           for path in include_root.glob("tutela/**/*.hpp")}
    known = {}

    def depth(name, seen):
        if name in seen:
            sys.exit(f"headers include each other: {' -> '.join([*seen, name])}")
        if name not in known:
            known[name] = 1 + max((depth(target, [*seen, name]) for _, _, target in includes(own[name]) if target in own),
                                  default=0)
        return known[name]

    return {name: depth(name, []) for name in own}


def check(root, layers):
    findings = []
    for folder, pattern, public in (("include/tutela", "**/*.hpp", True), ("src", "**/*.[ch]pp", False)):
        for path in sorted((root / folder).glob(pattern)):
            findings += check_file(layers, path, path.relative_to(root), path.relative_to(root / folder).as_posix(), public)
    chains = depths(root / "include")
    findings += [f"{name}: includes own headers {depth} deep, more than {DEPTH}" for name, depth in chains.items() if depth > DEPTH]
    return findings, chains


def main():
    layers = Layers((pathlib.Path(__file__).parent / "layers.txt").read_text(encoding="utf-8"))
    findings, chains = check(pathlib.Path(sys.argv[1]), layers)
    if findings:
        print("\n".join(findings))
        sys.exit(1)
    deepest = max(chains, key=chains.get)
    print(f"layers ok: {len(chains)} public headers, deepest own includes {chains[deepest]} ({deepest})")


if __name__ == "__main__":
    main()
