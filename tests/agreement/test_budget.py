"""Files within the limits of the format that ask for more: a verdict, or the check gives up."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
from fractions import Fraction
from itertools import product
from math import gcd

import pytest
from command_line import one_sentence, run
from flint import fmpq, fmpz
from places import CORPUS

import exactsteer
from exactsteer import recheck
from exactsteer.cli import check as command
from exactsteer.cli import limited
from exactsteer.errors import GivesUp, Malformed, Rejected, Undecided
from exactsteer.kernel.budget import Budget, foresee, tick, within
from exactsteer.kernel.check import check
from exactsteer.kernel.file.numbers import total
from exactsteer.kernel.file.proof import FORMAT, read_proof
from exactsteer.kernel.quantum.words import joined, reduced
from exactsteer.model.writing import write_proof
from exactsteer.proving import checked

ACCEPT = CORPUS / "accept"
GOOD = ACCEPT / "parity.json"
SMALL = Budget(seconds=60, memory=2**21)
AT_ONCE = Budget(seconds=0, memory=None)


# ---- A generator for each kind of cost, its size as arguments ----


def proof(claim, evidence, dimensions, outcomes, **statement):
    scenario = {
        "dimensions": [str(d) for d in dimensions],
        "outcomes": [[str(o) for o in row] for row in outcomes],
    }
    value = {"format": FORMAT, "claim": claim, "scenario": scenario, **statement}
    return write_proof(value, evidence, {})


def ball(claim, evidence, dimensions, outcomes, centre):
    return proof(claim, evidence, dimensions, outcomes, centre=centre, radius="0")


def matrix(rows, den=1):
    common = gcd(den, *(v for row in rows for v in row))
    return {"den": str(den // common), "re": [[str(v // common) for v in row] for row in rows]}


def diagonal(n, value=1, den=1):
    return matrix([[value * (i == j) for j in range(n)] for i in range(n)], den)


def bound(words, rows, settings, upper=0):
    factor = {"den": "1", "re": [[str(v) for v in row] for row in rows]}
    evidence = {"words": words, "factor": factor}
    statement = {"functional": {}, "radius": "0", "upper": str(upper)}
    return proof("quantum bound", evidence, [1], [[2] * settings], **statement)


def product_effects(alices, digits):
    """Each Alice measures her qubit of |00..0>: (1 + t X)/2 with a long fraction t."""
    numbers = random.Random(1)
    families, q = [], 10**digits
    for _ in range(alices):
        t = numbers.randrange(q // 100) * 10 + 1
        families.append(
            {f"{a}|0": matrix([[q, s * t], [s * t, q]], 2 * q) for a, s in ((0, 1), (1, -1))}
        )
    size = 2**alices
    psi = matrix([[int(i == 0)] for i in range(size)])
    centre = {
        ",".join(a) + "|" + ",".join("0" * alices): matrix([[1]], size)
        for a in product("01", repeat=alices)
    }
    evidence = {"systems": ["2"] * alices, "state": [{"psi": psi}], "M": families}
    return ball("quantum realisation", evidence, [1], [[2]] * alices, [centre])


def long_column(words, digits):
    """The square of one sum of long multiples of words, within a bound that is large enough."""
    value = 10**digits - 1
    return bound("1", [[value]] * words, words - 1, (words * value) ** 2)


def many_vectors(terms, dimension):
    """A maximally mixed qubit as a mixture of very many vectors."""
    psi = [
        matrix([[int(i == 0 and b == k % 2) for b in range(2)] for i in range(dimension)])
        for k in range(2 * terms)
    ]
    evidence = {
        "systems": [str(dimension)],
        "state": [{"psi": p} for p in psi],
        "M": [{"0|0": diagonal(dimension)}],
    }
    centre = [{"0|0": diagonal(2, 1, 2)}]
    return ball("quantum realisation", evidence, [2], [[1]], centre)


def repeated_level(times):
    return bound("+".join(["9", "AAA"] * times), [[0]] + [[]] * 18, 2)


def long_words(words, letters):
    numbers = random.Random(2)
    texts = set()
    while len(texts) < words:
        x = [0]
        while len(x) < letters:
            x.append((x[-1] + numbers.randrange(1, 9)) % 9)
        texts.add(" ".join(f"A{v}" for v in x))
    return bound(sorted(texts), [[0]] + [[]] * (words - 1), 9)


def dense(size, digits, rank, shift=0):
    """A Gram matrix of that rank as the only element of one Bob, indefinite after a shift."""
    numbers = random.Random(3)
    most = 10**digits
    rows = [[numbers.randrange(-most, most) for _ in range(rank)] for _ in range(size)]
    gram = [[sum(x * y for x, y in zip(u, v, strict=True)) for v in rows] for u in rows]
    gram[-1][-2] += shift
    gram[-2][-1] += shift
    element = {"0|0": matrix(gram, sum(gram[i][i] for i in range(size)))}
    return ball("parent states", element, [size], [[1]], [element])


def many_flags(outcomes, terms):
    family = {f"{a}|0": matrix([[1]], outcomes) for a in range(outcomes)}
    state = [{"E": matrix([[1]]), "flag": "0"}] * terms
    evidence = {"systems": ["1"], "state": state, "M": [family]}
    return ball("quantum realisation", evidence, [1], [[outcomes]], [family])


def long_mixed_state(size, digits):
    """One Alice and a qubit of Bob, of whom she learns nothing; her projector has full rows."""
    J = [[1] * size for _ in range(size)]
    K = [[size * (i == j) - 1 for j in range(size)] for i in range(size)]
    family = {"0|0": matrix(J, size), "1|0": matrix(K, size)}
    state = [{"R": diagonal(2 * size, 10**digits // 9)}]
    centre = {"0|0": diagonal(2, 1, 2 * size), "1|0": diagonal(2, size - 1, 2 * size)}
    evidence = {"systems": [str(size)], "state": state, "M": [family]}
    return ball("quantum realisation", evidence, [2], [[2]], [centre])


def many_strategies(settings):
    """The perfect correlations of two settings, and many settings that say nothing."""
    centre, multipliers = {}, {}
    for x in range(settings):
        for a, sign in ((0, 1), (1, -1)):
            if x == 0:
                sigma, f = matrix([[1 - a, 0], [0, a]], 2), [[3 - 4 * sign, 0], [0, 3 + 4 * sign]]
            elif x == 1:
                sigma, f = matrix([[1, sign], [sign, 1]], 4), [[3, -4 * sign], [-4 * sign, 3]]
            else:
                sigma, f = diagonal(2, 1, 4), [[0, 0], [0, 0]]
            centre[f"{a}|{x}"], multipliers[f"{a}|{x}"] = sigma, matrix(f)
    return ball("no LHS model", {"F": [multipliers]}, [2], [[2] * settings], [centre])


def coprime_denominators(outcomes, digits):
    numbers = random.Random(4)
    p = {f"{a}|0": matrix([[1]], numbers.randrange(10**digits) | 1) for a in range(outcomes)}
    return ball("parent states", p, [1], [[outcomes]], [p])


def long_products(factors, digits):
    """A product state, one long factor for each Bob, as its own model."""
    q = 10**digits
    tau = [[q - 3, 1], [1, 3]]
    entries = [[1]]
    for _ in range(factors):
        entries = [[x * y for x in u for y in v] for u in entries for v in tau]
    evidence = {"terms": [{"strategy": "0", "states": [matrix(tau, q)] * factors}]}
    centre = [{"0|0": matrix(entries, q**factors)}]
    size = 2**factors
    parts = {"factors": ["2"] * factors}
    return proof("product LHS model", evidence, [size], [[1]], centre=centre, radius="0", **parts)


def many_objects(count):
    value = json.loads(GOOD.read_bytes())
    value["evidence"] = [{}] * count
    return json.dumps(value).encode()


# Name, small size, what the kernel says, and whether a small memory is enough for it.
KINDS = [
    (product_effects, (6, 300), "verified", True),
    (long_column, (60, 600), "verified", False),
    (many_vectors, (20, 32), "verified", True),
    (repeated_level, (300,), "verified", True),
    (long_words, (40, 100), "verified", False),
    (dense, (8, 30, 8), "verified", True),
    (dense, (8, 30, 7), "verified", True),
    (dense, (8, 30, 6, 1), "A1", True),
    (many_flags, (30, 300), "verified", True),
    (long_mixed_state, (8, 300), "verified", True),
    (many_strategies, (6,), "verified", True),
    (coprime_denominators, (40, 300), "A2", True),
    (long_products, (2, 900), "verified", True),
    (many_objects, (2000,), "malformed", True),
]
NAMES = [f"{make.__name__}{size}" for make, size, *_ in KINDS]


def verdict(data, budget):
    try:
        check(data, budget)
    except Malformed:
        return "malformed"
    except Rejected as error:
        return error.rule
    except GivesUp:
        return "gives up"
    return "verified"


@pytest.mark.parametrize(("make", "size", "expected", "cheap"), KINDS, ids=NAMES)
def test_a_verdict_or_the_kernel_gives_up(make, size, expected, cheap):
    data = make(*size)
    assert verdict(data, Budget()) == expected
    assert verdict(data, SMALL) == (expected if cheap else "gives up")
    assert verdict(data, AT_ONCE) == "gives up"
    # Giving up leaves nothing behind.
    assert verdict(data, Budget(None, None)) == expected


@pytest.mark.parametrize(("make", "size", "expected", "cheap"), KINDS, ids=NAMES)
def test_both_checkers_say_the_same(make, size, expected, cheap):
    report = recheck.check_bytes(make(*size))
    assert (report.rule or report.verdict) == expected


LARGE = [
    (product_effects, (8, 1000), "verified"),
    (product_effects, (9, 1500), "verified"),
    (product_effects, (10, 3000), "verified or gives up"),
    (long_column, (1500, 1900), "gives up"),
    (many_vectors, (200, 512), "verified"),
    (repeated_level, (1000000,), "verified"),
    (long_words, (300, 300), "verified"),
    (long_words, (1500, 340), "gives up"),
    (dense, (200, 30, 220), "verified"),
    (many_flags, (1500, 5000), "verified"),
    (long_mixed_state, (512, 3900), "verified or gives up"),
    (coprime_denominators, (300, 1500), "A2"),
    (long_products, (7, 450), "verified or gives up"),
    (many_objects, (4000000,), "malformed"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("make", "size", "expected"), LARGE)
def test_large_files_within_the_default_budget(tmp_path, make, size, expected):
    path = tmp_path / "large.json"
    path.write_bytes(make(*size))
    words = {
        "verified": (f"VERIFIED {path}",),
        "gives up": ("GIVES UP",),
        # A quick machine may do it in the time allowed.
        "verified or gives up": (f"VERIFIED {path}", "GIVES UP"),
        "malformed": ("MALFORMED",),
    }
    result = run("check", path, GOOD)
    assert f"VERIFIED {GOOD}" in result.stdout
    assert any(word in result.output for word in words.get(expected, ("REJECTED",)))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert used.ru_maxrss * 1024 < 3 * 2**30


# ---- The budget ----


def test_budgets_nest_and_end():
    tick()
    foresee(10**30, "nothing limits this")
    with within(Budget(60, 100)):
        with within(Budget(None, None)):
            foresee(10**30, "nothing limits this")
        with pytest.raises(GivesUp, match=r"no verdict: .*a sum would take about 1 MB"):
            foresee(101, "a sum")
        foresee(100, "a sum")
        tick()
    with within(AT_ONCE), pytest.raises(GivesUp, match="more than 0 s of processor time"):
        tick()
    tick()


def test_the_library_sets_no_limits_of_the_process():
    kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE)
    before = [resource.getrlimit(kind) for kind in kinds]
    exactsteer.check(GOOD.read_bytes(), exactsteer.Budget(seconds=5, memory=2**28))
    with pytest.raises(exactsteer.GivesUp):
        exactsteer.check(GOOD.read_bytes(), exactsteer.Budget(seconds=0))
    assert [resource.getrlimit(kind) for kind in kinds] == before


def test_a_producer_whose_proof_is_too_large_to_check_has_not_decided(monkeypatch):
    monkeypatch.setattr(checked, "UNTIMED", Budget(seconds=0))
    theorem = exactsteer.check(GOOD.read_bytes())
    evidence = read_proof(GOOD.read_bytes()).evidence
    draft = checked.Draft(theorem.claim, theorem.statement, evidence, {}, "try something else")
    with pytest.raises(Undecided, match="the kernel gave up on the certificate"):
        checked.checked(draft)


@pytest.mark.parametrize(
    ("make", "size", "memory"),
    [(long_products, (2, 900), 2**14), (dense, (8, 30, 7), 2**10), (many_flags, (30, 300), 2**8)],
)
def test_less_memory_than_that_is_not_enough(make, size, memory):
    assert verdict(make(*size), Budget(60, memory)) == "gives up"


def test_sums_in_pairs_are_sums():
    numbers = [fmpq(p, q) for p in range(-3, 4) for q in range(1, 9)]
    for n in range(len(numbers)):
        assert total(numbers[:n]) == sum(numbers[:n], fmpq(0))


def test_products_of_parts_meet_at_their_beginnings():
    row = (2, 3, 2)
    letters = [(0, 0), (1, 0), (1, 1), (2, 0)]
    parts = [p for n in range(4) for p in product(letters, repeat=n) if reduced(row, p) == p]
    for u in parts:
        for v in parts:
            assert joined(row, u, v) == reduced(row, u[::-1] + v)


# ---- The command line ----


@pytest.fixture
def objects(tmp_path):
    """A file that takes many times its own size, and is large enough for a process of its own."""
    path = tmp_path / "objects.json"
    path.write_bytes(many_objects(150000))
    assert path.stat().st_size > command.SMALL_FILE == recheck.SMALL_FILE
    return path


FILES = [GOOD, *sorted(ACCEPT.parent.glob("reject/A1*.json"))[:1]]


def test_a_process_of_its_own_says_the_same(monkeypatch, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    here = [run("check", path) for path in (*FILES, broken)]
    against = run("check", GOOD, "--against", "parity"), run("check", GOOD, "--against", "ABB_1")
    as_json = json.loads(run("check", GOOD, "--json").stdout)
    monkeypatch.setattr(command, "SMALL_FILE", -1)
    for path, result in zip((*FILES, broken), here, strict=True):
        other = run("check", path)
        assert (other.stdout, other.stderr) == (result.stdout, result.stderr)
        assert other.exit_code == result.exit_code
    for name, result in zip(("parity", "ABB_1"), against, strict=True):
        other = run("check", GOOD, "--against", name)
        assert (other.output, other.exit_code) == (result.output, result.exit_code)
    other = json.loads(run("check", GOOD, "--json").stdout)
    assert {**other, "seconds": 0} == {**as_json, "seconds": 0}


def test_what_costs_more_than_the_trial_is_checked_again(monkeypatch):
    monkeypatch.setattr(command, "SMALL_BUDGET", AT_ONCE)
    assert run("check", GOOD).stdout.endswith(f"VERIFIED {GOOD}\n")


def test_a_file_that_is_given_up_leaves_the_next_its_turn(objects):
    # Programs of their own, whose heap has no room left that the limit does not count.
    program = [sys.executable, "-m", "exactsteer", "check", "--memory", "1M", "--json"]
    done = subprocess.run([*program, objects, GOOD], capture_output=True, text=True, check=False)
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["verdict"], first["resource"]) == ("gives up", "memory")
    assert "more memory than 1 MB" in first["message"]
    assert "no verdict" in done.stderr
    assert (second["verdict"], done.returncode) == ("verified", 2)
    program = [sys.executable, "-I", recheck.__file__, "--memory", "1M"]
    done = subprocess.run([*program, objects, GOOD], capture_output=True, text=True, check=False)
    expected = f"GIVES UP {objects}: no verdict: the check takes more than 1 MB of memory"
    assert done.stderr.startswith(expected)
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout.endswith(f"VERIFIED {GOOD}\n")
    assert done.returncode == 2


def test_what_is_foreseen_is_said(tmp_path):
    path = tmp_path / "long.json"
    path.write_bytes(long_column(60, 600))
    one_sentence(run("check", path, "--memory", "1M"), 2, "GIVES UP", "would take about")


@pytest.mark.parametrize(
    "option", [("--memory", "0"), ("--memory", "much"), ("--cpu-seconds", "0")]
)
def test_limits_are_positive(option):
    assert run("check", GOOD, *option).exit_code == 2


def test_when_gmp_ends_the_process_the_check_gives_up(monkeypatch):
    monkeypatch.setattr(command, "SMALL_FILE", -1)
    monkeypatch.setattr(command, "check", lambda data, budget: fmpz(1) << 10**11)
    one_sentence(run("check", GOOD, "--memory", "100M"), 2, "GIVES UP", "memory")
    monkeypatch.setattr(command, "check", lambda data, budget: bytearray(10**10))
    one_sentence(run("check", GOOD, "--memory", "100M"), 2, "GIVES UP", "memory")


def test_where_processes_are_not_copied_the_budget_is_what_is_foreseen(monkeypatch, tmp_path):
    monkeypatch.setattr(command, "AVAILABLE", False)
    monkeypatch.delattr(os, "fork")
    path = tmp_path / "long.json"
    path.write_bytes(long_column(60, 600))
    one_sentence(run("check", path, "--memory", "1M"), 2, "GIVES UP", "would take about")
    assert recheck.main([str(GOOD)]) == 0


@pytest.mark.slow
def test_processor_time_is_limited_inside_of_what_ticks_and_of_what_does_not(monkeypatch):
    def busy(data, budget):
        while True:
            pass

    monkeypatch.setattr(command, "SMALL_FILE", -1)
    monkeypatch.setattr(command, "check", busy)
    one_sentence(
        run("check", GOOD, "--cpu-seconds", "1"), 2, "GIVES UP", "more than 1 s of processor"
    )


def test_limited_work_returns_its_value():
    assert limited.limited(lambda: {"a": [1, None]}, Budget(5, 2**28)) == {"a": [1, None]}


# ---- The re-checker ----


def test_a_copy_of_the_re_checker_says_the_same(monkeypatch, capsys):
    reports = [recheck.check_file(str(path)) for path in FILES]
    monkeypatch.setattr(recheck, "SMALL_FILE", -1)
    for path, report in zip(FILES, reports, strict=True):
        copied = recheck.check_within(60, 2**30, str(path))
        assert copied._replace(words=tuple(copied.words)) == report
        assert recheck.main([str(path)]) == (report.verdict != "verified")
        shown = capsys.readouterr()
        assert all(line in shown.out for line in report.words)


@pytest.mark.slow
def test_the_re_checker_tries_a_second_and_then_a_copy(tmp_path, capsys):
    path = tmp_path / "strategies.json"
    path.write_bytes(many_strategies(18))
    assert recheck.main(["--cpu-seconds", "1", str(path), str(GOOD)]) == 2
    shown = capsys.readouterr()
    assert "GIVES UP" in shown.err
    assert "more than 1 s of processor time" in shown.err
    assert shown.out.endswith(f"VERIFIED {GOOD}\n")


@pytest.mark.parametrize(
    "option", [("--memory", "0"), ("--memory", "much"), ("--cpu-seconds", "1.5")]
)
def test_limits_of_the_re_checker_are_positive(option, capsys):
    with pytest.raises(SystemExit) as ended:
        recheck.main([*option, str(GOOD)])
    assert ended.value.code == 2
    assert "expected a" in capsys.readouterr().err


def test_the_product_of_all_vectors_is_the_sum_of_their_squares():
    """`recheck.parse_state` with different denominators, against the sum term by term."""
    value = [
        {"psi": {"den": "3", "re": [["1", "0"], ["2", "-1"]], "im": [["0", "1"], ["1", "0"]]}},
        {"psi": {"den": "2", "re": [["1", "5"], ["0", "-1"]]}},
    ]
    rho = recheck.parse_state(value, "state", 2, 2)
    entries = [[[0] * 4 for _ in range(4)] for _ in range(2)]
    weight = Fraction(0)
    for term in value:
        p = term["psi"]
        im = p.get("im", [["0", "0"]] * 2)
        den = int(p["den"])
        v = [
            (Fraction(int(x), den), Fraction(int(y), den))
            for row in zip(p["re"], im, strict=True)
            for x, y in zip(*row, strict=True)
        ]
        weight += sum(x * x + y * y for x, y in v)
        for i, (a, b) in enumerate(v):
            for j, (c, d) in enumerate(v):
                entries[0][i][j] += a * c + b * d
                entries[1][i][j] += b * c - a * d
    for i in range(4):
        for j in range(4):
            assert Fraction(rho.rows[i][j], rho.den) == entries[0][i][j] / weight
            assert Fraction(rho.rows[i][4 + j], rho.den) == entries[1][i][j] / weight
