"""From counts of an experiment to statements with a probability; docs/counts.md proves them."""
