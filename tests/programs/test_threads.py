"""Numerical libraries use one thread around solves, unless the user has chosen."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from exactsteer.cli import main
from exactsteer.model.functionals import chsh
from exactsteer.programs.threads import one_thread
from exactsteer.proving.quantum.bounds import certify_bound
from exactsteer.telling import told_to


def threads() -> list[int]:
    np.linalg.eigvalsh(np.eye(2))
    return [library["num_threads"] for library in threadpool_info()]


@pytest.fixture
def two_threads():
    with threadpool_limits(limits=2):
        yield threads()


@pytest.fixture
def nothing_chosen(monkeypatch):
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("nothing_chosen")
def test_one_thread_inside_and_as_before_after(two_threads):
    with one_thread():
        assert set(threads()) == {1}
        with one_thread():
            assert set(threads()) == {1}
        assert set(threads()) == {1}
    assert threads() == two_threads

    @one_thread()
    def inside():
        return threads()

    assert set(inside()) == {1}
    with pytest.raises(KeyError), one_thread():
        raise KeyError
    assert threads() == two_threads


@pytest.mark.usefixtures("nothing_chosen")
def test_who_has_chosen_is_left_alone(two_threads, monkeypatch):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    with one_thread():
        assert threads() == two_threads


@pytest.mark.parametrize("chosen", [{}, {"OMP_NUM_THREADS": "4"}])
def test_the_command_line_is_a_process_of_one_thread(chosen, monkeypatch):
    monkeypatch.setattr(os, "environ", dict(chosen))
    monkeypatch.setattr(sys, "argv", ["exactsteer", "--version"])
    with pytest.raises(SystemExit):
        main()
    names = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
    assert os.environ == (chosen or dict.fromkeys(names, "1"))


@pytest.mark.usefixtures("nothing_chosen")
def test_a_bound_is_proved_with_one_thread(two_threads):
    inside = []
    with told_to(lambda _: inside.append(threads())):
        certify_bound(chsh(), "1")
    assert {count for counts in inside for count in counts} == {1}
    assert threads() == two_threads


def test_a_library_that_is_imported_inside_uses_one_thread_too():
    code = (
        "from threadpoolctl import threadpool_info\n"
        "from exactsteer.programs.threads import library, one_thread\n"
        "def threads(): return [each['num_threads'] for each in threadpool_info()]\n"
        "with one_thread():\n"
        "    with one_thread():\n"
        "        library('scipy.linalg')\n"
        "        print(*set(threads()))\n"
        "    print(*set(threads()))\n"
        "print(*set(threads()))\n"
    )
    chosen = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
    environment = {key: value for key, value in os.environ.items() if key not in chosen}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    inside, between, after = done.stdout.splitlines()
    assert (inside, between) == ("1", "1")
    assert after != "1" or len(os.sched_getaffinity(0)) == 1
