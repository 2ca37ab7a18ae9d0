"""Numerical libraries use one thread around solves, unless the user has chosen."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from exactsteer.programs.threads import one_thread


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
