"""The demo company: a fictional Dutch group whose data carries written truths.

`generate` gives every table of the data contract, `truth` says what drives what in them. Nothing
here describes a real organisation or a real person.
"""

from seed.generation import DEFAULT_SEED, generate, latent_world, locations_before, write

__all__ = ["DEFAULT_SEED", "generate", "latent_world", "locations_before", "write"]
