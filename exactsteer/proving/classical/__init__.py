"""Classical realisations (Definition 14): from numbers to proofs for or against them."""
