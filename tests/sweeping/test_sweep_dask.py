"""A sweep through a Dask scheduler and two workers, each a process of its own."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from contextlib import ExitStack

import pytest
from places import TESTS

from exactsteer.searching.find import Options as Search
from exactsteer.searching.find import search_construction
from exactsteer.searching.named import named_construction
from exactsteer.sweeping.executors import Workers, dask_cluster
from exactsteer.sweeping.families import Grid, parse_values
from exactsteer.sweeping.sweep import sweep
from exactsteer.sweeping.work import Options

SCHEDULER = """
import asyncio, sys
from distributed import Scheduler

async def main():
    async with Scheduler(port=0, host="127.0.0.1", dashboard_address=None) as scheduler:
        print(scheduler.address, flush=True)
        await scheduler.finished()

asyncio.run(main())
"""
WORKER = """
import asyncio, sys
from distributed import Worker

async def main():
    async with Worker(sys.argv[1], nthreads=1, dashboard=False) as worker:
        print("ready", flush=True)
        await worker.finished()

asyncio.run(main())
"""


@pytest.fixture
def cluster(monkeypatch):
    """The address of a scheduler, and its two worker processes."""
    distributed = pytest.importorskip("distributed")
    # The time in a proof file is then everywhere the same.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    with ExitStack() as stack:

        def start(code, *arguments):
            process = subprocess.Popen(
                [sys.executable, "-c", code, *arguments],
                env={**os.environ, "PYTHONPATH": str(TESTS / "oracles")},
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            return process, process.stdout.readline().strip()

        _, address = start(SCHEDULER)
        yield address, [start(WORKER, address)[0] for _ in range(2)]
        # The client of the test would look for the scheduler that ends now.
        distributed.default_client().close()


def source():
    values = {"t1": parse_values("0:1:9"), "t2": ("1/3",), "noise": parse_values("0:1/2:9")}
    return Grid.of("angles", values)


def results(folder):
    with open(folder / "results.csv", encoding="utf-8", newline="") as stream:
        rows = [{k: v for k, v in r.items() if k != "seconds"} for r in csv.DictReader(stream)]
    return rows, {p.name: p.read_bytes() for p in (folder / "proofs").iterdir()}


@pytest.mark.slow
def test_the_same_sweep_here_and_there(tmp_path, cluster):
    address, _ = cluster
    options = Options(prove="all")
    sweep(source(), tmp_path / "here", options, workers=Workers(2))
    summary = sweep(
        source(), tmp_path / "there", options, workers=Workers(executor=dask_cluster(address))
    )
    assert summary.counts["POSTQUANTUM"] > 20
    assert summary.counts["QUANTUM"] > 20
    assert results(tmp_path / "here") == results(tmp_path / "there")


@pytest.mark.slow
@pytest.mark.parametrize("prove", ["all", "standing"])
def test_several_alices_are_the_same_bytes_whoever_works(tmp_path, cluster, prove):
    address, _ = cluster
    named = ("hidden_pr_box", "monogamy_two_alices", "ghz_two_alices", "pr_box")
    noisy = Grid.of("mixture", {"assemblage": named, "r": ("0.1", "0.31", "0.8")})
    options = Options(prove=prove)
    # Chunks differ from way to way, and the cases that are screened together.
    sweep(noisy, tmp_path / "one", options, workers=Workers(1))
    sweep(noisy, tmp_path / "two", options, workers=Workers(2))
    sweep(noisy, tmp_path / "alone", options, workers=Workers(alone=True))
    sweep(noisy, tmp_path / "there", options, workers=Workers(executor=dask_cluster(address)))

    def interrupt(done, total):
        if 3 <= done < total:
            raise KeyboardInterrupt

    first = sweep(noisy, tmp_path / "resumed", options, workers=Workers(2), report=interrupt)
    assert first.interrupted
    assert len(first.rows) < len(noisy)
    summary = sweep(noisy, tmp_path / "resumed", options, workers=Workers(1))
    assert set(summary.counts) >= {"POSTQUANTUM", "CLASSICAL" if prove == "standing" else "QUANTUM"}
    assert not summary.redone
    one = results(tmp_path / "one")
    for folder in ("two", "alone", "there", "resumed"):
        assert results(tmp_path / folder) == one, folder


@pytest.mark.slow
def test_a_worker_is_killed_half_way(tmp_path, cluster):
    address, (first, second) = cluster
    options = Options(prove="all")
    killed = []

    def kill(done, total):
        if not killed and 0 < done < total:
            first.kill()
            killed.append(done)

    sweep(
        source(),
        tmp_path / "there",
        options,
        workers=Workers(executor=dask_cluster(address)),
        report=kill,
    )
    assert killed
    assert first.wait() != 0
    assert second.poll() is None
    sweep(source(), tmp_path / "here", options, workers=Workers(1))
    assert results(tmp_path / "here") == results(tmp_path / "there")


@pytest.mark.slow
def test_the_same_search_here_and_there(cluster):
    address, _ = cluster
    make = named_construction("transpose").make
    here = search_construction(make, Search(starts=8))
    there = search_construction(make, Search(starts=8, executor=dask_cluster(address)))
    assert here.certificate.data == there.certificate.data
