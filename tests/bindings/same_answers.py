#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when a program does not print the golden answers, byte for byte.

Usage: same_answers.py ANSWERS [--door DOOR] PROGRAM [ARGUMENTS...]
With a door, only the answers to questions of that door (questions.tsv beside the answers) are asked for.
With TUTELA_WRITE_GOLDEN=1 in the environment, what the program prints becomes the golden answers. Only for the program
in C++, and only for whoever changes answers on purpose and reads the difference.
"""
import os
import pathlib
import subprocess
import sys


def main():
    golden, command, door = pathlib.Path(sys.argv[1]), sys.argv[2:], ""
    if command[0] == "--door":
        door, command = command[1], command[2:]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if run.returncode != 0:
        sys.exit(f"{command[0]} ended with {run.returncode}")
    if os.environ.get("TUTELA_WRITE_GOLDEN") and pathlib.Path(command[0]).name == "tutela_golden_cpp":
        golden.write_bytes(run.stdout)
    wanted, seen = golden.read_bytes().splitlines(True), run.stdout.splitlines(True)
    if door:
        questions = golden.with_name("questions.tsv").read_text(encoding="utf-8").splitlines()
        doors = [line.split("\t")[1] for line in questions if not line.startswith("#")]
        wanted = [answer for answer, asked in zip(wanted, doors, strict=True) if asked == door]
    for number, (want, got) in enumerate(zip(wanted, seen), 1):
        if want != got:
            sys.exit(f"answer {number}:\n  golden  {want!r}\n  printed {got!r}")
    if len(wanted) != len(seen):
        sys.exit(f"{len(seen)} answers instead of {len(wanted)}")
    print(f"{len(seen)} answers are the golden ones")


if __name__ == "__main__":
    main()
