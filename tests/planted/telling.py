"""How a test says what figure it found, passed or not: `pytest --deep tests/planted` lists them."""

from collections.abc import Callable

Tell = Callable[[str], None]
FIGURE = "figure"
