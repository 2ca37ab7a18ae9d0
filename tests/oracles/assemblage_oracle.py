"""Conditions (A1)-(A3) of an assemblage, evaluated apart from the kernel."""

from __future__ import annotations

from exact_oracle import Plain

from exactsteer.kernel.assemblage import Assemblage


def failing_conditions(sigma: Assemblage) -> set[str]:
    """Which of A1, A2, A3 fail; positivity by eigenvalues of 50 digits."""
    t = sigma.scenario
    failing = set()
    elements = list(t.elements())
    plain = [{e: Plain.from_kernel(sigma[k][e]) for e in elements} for k in range(t.N)]
    if not all(m.is_hermitian() and m.is_positive() for f in plain for m in f.values()):
        failing.add("A1")
    if any(family[e].trace() != plain[0][e].trace() for family in plain for e in elements):
        failing.add("A2")
    for x in t.settings():
        if sum(plain[0][a, y].trace()[0] for a, y in elements if y == x) != 1:
            failing.add("A2")
    for j in range(t.n):
        for family in plain:
            sums: dict[object, dict[int, Plain]] = {}
            for a, x in elements:
                rest = (a[:j], a[j + 1 :], x[:j], x[j + 1 :])
                by_setting = sums.setdefault(rest, {})
                m = family[a, x]
                by_setting[x[j]] = by_setting[x[j]] + m if x[j] in by_setting else m
            for by_setting in sums.values():
                first, *others = by_setting.values()
                if not all(m.same(first) for m in others):
                    failing.add("A3")
    return failing
