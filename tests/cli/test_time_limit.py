"""A limit on the time, and lines of progress where there is no terminal."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import threading
import time
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from command_line import one_sentence, run

from exactsteer.cli.progress import progress
from exactsteer.errors import InputError
from exactsteer.proving.decide import certify_possible
from exactsteer.sweeping.families import Grid
from exactsteer.sweeping.plan import Plan
from exactsteer.sweeping.work import Options, carry_out
from exactsteer.time_limit import OutOfTime, no_limit, time_limit


def forever() -> None:
    while True:
        time.sleep(0.01)


def test_work_that_takes_too_long_is_left():
    with pytest.raises(OutOfTime, match=r"limit of 0\.05 s"), time_limit(0.05):
        forever()


def test_who_swallows_it_is_told_again(monkeypatch):
    monkeypatch.setattr("exactsteer.time_limit.AGAIN", 0.02)

    def swallow() -> None:
        with contextlib.suppress(OutOfTime):
            forever()
        forever()

    with pytest.raises(OutOfTime), time_limit(0.02):
        swallow()


def test_no_limit_leaves_time_for_what_was_found():
    with time_limit(0.02):
        no_limit()
        time.sleep(0.05)
    with time_limit(None):
        time.sleep(0.001)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), 10**400, "5", 1j])
def test_a_limit_is_a_positive_number(seconds):
    with pytest.raises(InputError, match="seconds: expected a number above 0"), time_limit(seconds):
        pass


@pytest.mark.parametrize("seconds", [5, Fraction(9, 2), np.float32(4)])
def test_limits_of_other_kinds(seconds):
    with time_limit(seconds):
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 5


def test_it_needs_the_main_thread():
    errors = []

    def work() -> None:
        try:
            with time_limit(1):
                pass
        except InputError as error:
            errors.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert "--seconds" in errors[0]
    assert "local processes" in errors[0]


def test_a_module_is_imported_to_its_end(tmp_path, monkeypatch):
    """As a library that turns what interrupts its beginning into an ImportError."""
    (tmp_path / "slow_to_begin.py").write_text(
        "import time\n"
        "try:\n"
        "    time.sleep(0.2)\n"
        "except BaseException as error:\n"
        "    raise ImportError('initialization failed') from error\n"
        "begun = True\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))

    def work() -> bool:
        with contextlib.suppress(OutOfTime), time_limit(0.05):
            import slow_to_begin

            forever()
        return bool(slow_to_begin.begun)

    assert work()


@pytest.mark.parametrize("command", ["certify", "classify", "enclose"])
def test_the_commands_say_that_the_time_was_up(command, monkeypatch):
    monkeypatch.setattr("exactsteer.formats.read_input", lambda *_, **__: forever())
    more = ["--quantity", "lambda"] if command == "enclose" else []
    result = run(command, "ABB_1", "--seconds", "0.05", "--json", *more)
    assert result.exit_code == 3
    value = json.loads(result.stdout)
    assert value["verdict"] == "undecided"
    assert "time limit of 0.05 s" in value["reason"]
    assert "--seconds" in value["advice"]


def test_classify_keeps_what_was_proved_in_time(monkeypatch):
    def too_slow(*_: object, **__: object) -> None:
        raise OutOfTime(1.5)

    monkeypatch.setattr("exactsteer.standing.certify", too_slow)
    result = run("classify", "monogamy_ZX")
    assert result.exit_code == 3
    assert "NONCLASSICAL, QUANTUM OR NOT" in result.stdout
    assert "quantum or not: the time limit of 1.5 s" in result.stdout


def test_lines_of_progress(monkeypatch, capsys):
    monkeypatch.setattr("exactsteer.cli.progress.EVERY", 0.02)
    with progress() as report:
        report("solve\x1b")
        written, end = "", time.monotonic() + 60
        # However long a busy machine takes.
        while written.count("\n") < 2 and time.monotonic() < end:
            time.sleep(0.02)
            written += capsys.readouterr().err
    lines = (written + capsys.readouterr().err).splitlines()
    assert len(lines) >= 2
    assert all(re.match(r"\d+ s: solve", line) for line in lines)
    assert not any("\x1b" in line for line in lines)
    time.sleep(0.05)
    assert capsys.readouterr().err == ""


def test_none_with_quiet(monkeypatch):
    monkeypatch.setattr("exactsteer.cli.progress.EVERY", 0.001)
    noisy = run("certify", "parity")
    assert " s: " in noisy.stderr
    quiet = run("certify", "parity", "--quiet")
    assert quiet.exit_code == 0
    assert quiet.stderr == ""


def test_a_case_of_a_sweep_has_its_own_time(tmp_path, monkeypatch):
    slow = iter([OutOfTime(5), None])

    def sometimes(*arguments: object, **more: object) -> object:
        if (error := next(slow)) is not None:
            raise error
        return certify_possible(*arguments, **more)  # type: ignore[arg-type]

    # Screening finds that both are quantum, which is then proved from what it found.
    monkeypatch.setattr("exactsteer.sweeping.work.certify_possible", sometimes)
    source = Grid.of("mixture", {"assemblage": ("ABB_PQNL", "white_noise"), "r": ("1/2",)})
    first, second = carry_out(source, [0, 1], Options(prove="all", seconds="5"))
    assert first.row.verdict == "UNDECIDED"
    assert "time limit of 5 s" in first.row.reason
    assert second.row.verdict == "QUANTUM"


def test_the_time_limit_belongs_to_a_sweep_only_if_given():
    source = Grid.of("random", {"seed": ("1",)})
    assert "seconds" not in json.dumps(Plan(source, Options()).value())
    limited = Plan(source, Options(seconds="5"))
    assert "--seconds 5" in limited.command(Path("out"))
    assert limited.value() != Plan(source, Options()).value()


@pytest.mark.parametrize("seconds", ["0", "-1", "1e9", "soon"])
def test_unfit_time_limits(seconds, tmp_path):
    folder = tmp_path / "out"
    one_sentence(run("sweep", "random", "--grid", "seed=1", "-o", folder, "--seconds", seconds), 2)
    assert not folder.exists()
    one_sentence(run("certify", "parity", "--seconds", seconds), 2, "--seconds")
