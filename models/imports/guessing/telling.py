"""What a guess says about itself, as comments of the TOML that it is written as."""

from models.imports.contract import TABLES
from models.imports.guessing import Guess
from models.imports.guessing.editing import lacking, main_table


def remarks(guess: Guess) -> list[str]:
    """The table and its runners-up, what is still to fill in, and what is left out and why."""
    others = ", ".join(f"{name} ({score:.0%})" for name, score in guess.tables[1:3])
    lines = [f"A guess: {guess.table} ({guess.score:.0%}); else {others}."]
    at = main_table(guess.mapping)
    for name in lacking(guess.mapping, at):
        column = TABLES[guess.table].column(name)
        lines.append(f'Still to fill in: {name} ({column.about}); as {name} = {{ value = "..." }}')
    lines += [
        f'Left out: "{heading}". {choice.why.format(**choice.params)}'
        for heading, choice in guess.choices.items()
        if choice.column is None
    ]
    return lines
