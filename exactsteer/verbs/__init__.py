"""The public verbs: thin, each with everything a user may give. ``import exactsteer`` has them."""

from exactsteer.verbs import examples as examples
