"""--trace: every stage, margin and number of digits, on standard error and in --json."""

from __future__ import annotations

import json
import re

import pytest
from command_line import one_sentence, run, schema

import exactsteer as es

LINE = re.compile(r"(\d+\.\d{3}) s: (.+)")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (
            ("certify", "parity"),
            (
                "repair",
                "solve",
                "round",
                "check",
                r"optimum is -0\.125 in",
                r"multipliers up to 2: ",
            ),
        ),
        (
            ("certify", "parity", "--claim", "parent states"),
            ("repair", "solve", "round", r"optimum is -0\.125 in"),
        ),
        (
            ("classify", "monogamy_ZX", "--nearest"),
            ("repair", "solve", r"strategies, t = -\d", r"proves the radius \d"),
        ),
        (
            ("enclose", "parity", "--quantity", "lambda", "--width", "1e-9"),
            ("solve precisely", r"between -0\.125\d+ and -0\.12", "multipliers of 10 digits"),
        ),
        (
            ("bound", "chsh"),
            ("solve", "level 1, 5 words", r"multipliers prove 2\.8", "squares of 50 bits", "check"),
        ),
    ],
    ids=lambda value: " ".join(value)[:30] if value[0] in ("certify", "bound") else "",
)
def test_what_is_told_is_on_standard_error_and_in_json(command, told):
    done = run(*command, "--trace", "--json")
    answer = json.loads(done.stdout)
    assert schema("result").is_valid(answer)
    said = [entry["said"] for entry in answer["trace"]]
    for pattern in told:
        assert any(re.search(pattern, text) for text in said), pattern
    times = [entry["seconds"] for entry in answer["trace"]]
    assert times == sorted(times)
    lines = [match for line in done.stderr.splitlines() if (match := LINE.fullmatch(line))]
    assert [match[2] for match in lines] == said


def test_nothing_is_told_unless_it_is_asked_for():
    done = run("certify", "parity", "--json")
    assert "trace" not in json.loads(done.stdout)
    assert done.stderr == ""
    silent = run("certify", "parity", "--json", "--trace", "--quiet")
    assert json.loads(silent.stdout)["trace"]
    assert silent.stderr == ""
    one_sentence(run("certify", "parity", "--trace", "--quiet"), 2, "nowhere", "add --json")


@pytest.mark.parametrize(
    "command", ["certify", "classify", "enclose", "bound", "search", "reproduce"]
)
def test_every_command_that_proves_has_it(command):
    assert "--trace" in run(command, "--help").stdout


def test_in_python_the_same_is_reported():
    told = []
    es.bound("chsh", report=told.append)
    assert {"solve", "round", "squares of 50 bits", "check"} <= set(told)
    with pytest.raises(TypeError, match="unexpected trace"):
        es.bound("chsh", trace=True)
