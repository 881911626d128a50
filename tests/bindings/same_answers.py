#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when a program does not print the golden answers, byte for byte.

Usage: same_answers.py ANSWERS [--door DOOR | --rows] PROGRAM [ARGUMENTS...]
With a door, only the answers to questions of that door (questions.tsv beside the answers) are asked for; with rows only
outcome and value of those whose facts a row can hold and that are not refused.
With TUTELA_WRITE_GOLDEN=1 in the environment, what the program prints becomes the golden answers. Only for the program
in C++, and only for whoever changes answers on purpose and reads the difference.
"""
import json
import os
import pathlib
import re
import subprocess
import sys


def by_row(question, answer):
    """The part of an answer that a row gives too; empty where a row cannot hold the facts or they are refused."""
    _, door, _, _, _, _, facts = question.split("\t")
    held = all(re.search("=(boolean|integer|date|state):", fact) for fact in facts.split(";"))
    if door != "slots" or not held or b'"refused"' in answer:
        return b""
    given = json.loads(answer)
    kept = {key: given[key] for key in ("id", "outcome", "value")}
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def main():
    golden, command, door = pathlib.Path(sys.argv[1]), sys.argv[2:], ""
    rows = command[0] == "--rows"
    if rows:
        command = command[1:]
    elif command[0] == "--door":
        door, command = command[1], command[2:]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if run.returncode != 0:
        sys.exit(f"{command[0]} ended with {run.returncode}")
    if os.environ.get("TUTELA_WRITE_GOLDEN") and pathlib.Path(command[0]).name == "tutela_golden_cpp":
        golden.write_bytes(run.stdout)
    wanted, seen = golden.read_bytes().splitlines(True), run.stdout.splitlines(True)
    if door or rows:
        lines = golden.with_name("questions.tsv").read_text(encoding="utf-8").splitlines()
        questions = [line for line in lines if not line.startswith("#")]
        asked = list(zip(questions, wanted, strict=True))
        wanted = [answer for question, answer in asked if question.split("\t")[1] == door]
        if rows:
            wanted = [line for line in (by_row(question, answer) for question, answer in asked) if line]
    for number, (want, got) in enumerate(zip(wanted, seen), 1):
        if want != got:
            sys.exit(f"answer {number}:\n  golden  {want!r}\n  printed {got!r}")
    if len(wanted) != len(seen):
        sys.exit(f"{len(seen)} answers instead of {len(wanted)}")
    print(f"{len(seen)} answers are the golden ones")


if __name__ == "__main__":
    main()
