"""What the tutorial says is what its commands do."""

from pathlib import Path

from tests.docs.tutorial import TUTORIAL, run


def test_every_command_of_the_tutorial_says_what_stands_under_it(tmp_path: Path) -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    assert "Traceback" not in text
    assert run(text, tmp_path) == text, "look whether it is right; python -m tests.docs.tutorial"


def test_an_output_that_differs_is_put_right(tmp_path: Path) -> None:
    text = "Before\n\n```console\n$ echo one\ntwo\n$ export A=b\n$ echo $A > f; cat f\n```\nAfter\n"
    told = (
        "Before\n\n```console\n$ echo one\none\n$ export A=b\n$ echo $A > f; cat f\nb\n```\nAfter\n"
    )
    assert run(text, tmp_path) == told
