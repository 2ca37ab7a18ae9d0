"""From counts of an experiment to statements with a probability; docs/counts.md proves them.

counts = read_counts("counts.csv")
found = evidence(exactsteer.check("proof.json"), counts, uniform(counts))
print(found.p_value.text())
"""

from __future__ import annotations

from exactsteer.counts.counts import Counts
from exactsteer.counts.design import Chosen, at_random, fixed, uniform
from exactsteer.counts.files import counts_text, read_counts, read_measurements, read_probabilities
from exactsteer.counts.p_values import Evidence, evidence
from exactsteer.counts.parts import cut
from exactsteer.counts.region import Estimate, estimate

__all__ = [
    "Chosen",
    "Counts",
    "Estimate",
    "Evidence",
    "at_random",
    "counts_text",
    "cut",
    "estimate",
    "evidence",
    "fixed",
    "read_counts",
    "read_measurements",
    "read_probabilities",
    "uniform",
]
