"""From the collecting party to a company without answers, by the two commands."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine, func
from sqlmodel import Session, select
from typer.testing import CliRunner

from manage import app
from models.asking import ask, metric_named
from models.cells import EVERYTHING, load
from models.releases.carrying import form, signing
from models.tables import RAW_TABLES, ReceivedRelease, ReleaseBlock, ReleaseNumber, TrustedKey
from release.blocks import Block
from tests.models.releases.carrying.blocks import KEY, carried, grown, survey

FINGERPRINT = signing.fingerprint(signing.public(KEY))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
Take = Callable[..., dict[str, Any]]


def run(*words: str, exit_code: int = 0) -> str:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == exit_code, result.output
    return result.output


@pytest.fixture
def take(database: Engine, tmp_path: Path) -> Take:  # noqa: ARG001 - what it is taken into
    """Write a file of these bytes and take it in."""

    def take(data: bytes, *words: str, exit_code: int = 0) -> dict[str, Any]:
        file = tmp_path / "received.werkvloer"
        file.write_bytes(data)
        told: dict[str, Any] = json.loads(
            run("import-release", str(file), *words, "--json", exit_code=exit_code)
        )
        return told

    return take


def rules(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(each["rule"], each["period"]) for each in told["refused"]]


def states(engine: Engine) -> list[tuple[str, int, str]]:
    with Session(engine) as session:
        blocks = session.exec(select(ReleaseBlock)).all()
        return sorted((block.period, block.version, block.state) for block in blocks)


def rows(engine: Engine, table: Any) -> int:
    with Session(engine) as session:
        return session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.usefixtures("demo_data")
def test_a_company_without_answers_shows_what_the_collecting_party_shows(
    demo_data: Path, database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = (
        ("measure.share_at_risk", "--measure", "bat12", "--by", "period", "region"),
        ("measure.nps", "--measure", "nps", "--by", "location"),
        ("turnover.rate", "--by", "kind"),
        ("absence.rate",),
        ("ideas.throughput", "--by", "period"),
        ("turnover.retention", "--by", "desk_type"),
        ("ideas.time_to_decision",),
        ("interaction.reach", "--by", "location"),
        ("interaction.manager_reply_rate", "--by", "region"),
    )

    def shown() -> list[Any]:
        # Several threads add up in any order: the last digits of a sum are nobody's.
        said = [run("metric", *words, "--json") for words in questions]
        return [
            json.loads(text, parse_float=lambda number: round(float(number), 9))
            for text in (*said, run("metrics", "--json"))
        ]

    file = tmp_path / "release.werkvloer"
    with monkeypatch.context() as sender:
        sender.setenv("WERKVLOER_DATABASE_URL", f"sqlite:///{demo_data / 'werkvloer.db'}")
        sender.setenv("WERKVLOER_DATA", str(tmp_path / "sender"))
        sent = json.loads(run("export-release", str(file), "--json"))
        there = shown()
        again = run("export-release", str(file), exit_code=1)
    assert sent["smallest"] == 11
    assert "is there already" in again
    told = run("import-release", str(file), "--trust", sent["fingerprint"])
    assert f"taken in as release 1: {sent['blocks']:,} new periods" in told
    assert f"in {sent['cells']:,} cells" in told
    assert shown() == there
    assert {name: rows(database, table) for name, table in RAW_TABLES.items()} == dict.fromkeys(
        RAW_TABLES, 0
    )


def test_nobody_is_trusted_until_somebody_vouches(take: Take, database: Engine) -> None:
    data = carried(survey())
    told = take(data, exit_code=1)
    assert rules(told) == [("trust", "")]
    assert FINGERPRINT in told["refused"][0]["message"]
    assert rules(take(data, "--trust", "0" * 64, exit_code=1)) == [("trust", "")]
    assert rows(database, TrustedKey) == rows(database, ReleaseNumber) == 0
    assert take(data, "--trust", FINGERPRINT)["release"] == 1
    # From now on the key is known, and the same file changes nothing.
    assert take(data)["already"] == 1
    assert rows(database, ReceivedRelease) == 1
    (stranger,) = take(carried(survey("2024-02"), key=OTHER), exit_code=1)["refused"]
    assert "another key than the one that is trusted" in stranger["message"]


def test_a_small_cell_is_refused_with_everything_beside_it(take: Take, database: Engine) -> None:
    small = survey("2024-02", {"A": 20, "B": 10})
    told = take(carried(survey(), small, minimum=5), "--trust", FINGERPRINT, exit_code=1)
    assert rules(told) == [("people-under-minimum", "2024-02"), ("n-under-minimum", "2024-02")]
    assert states(database) == []
    assert rows(database, TrustedKey) == rows(database, ReceivedRelease) == 0


def test_a_release_grows_is_withdrawn_and_never_goes_back(take: Take, database: Engine) -> None:
    first, second = survey("2024-01"), survey("2024-02")
    take(carried(first, second, number=4), "--trust", FINGERPRINT)
    more = grown(first, 12)
    told = take(carried(more, second, number=5, versions=[2, 1]))
    assert (told["release"], told["blocks"]) == (2, 1)
    assert states(database) == [
        ("2024-01", 1, "superseded"),
        ("2024-01", 2, "published"),
        ("2024-02", 1, "published"),
    ]
    assert rules(take(carried(first, second, number=4, sites="AB"), exit_code=0)) == []
    older = take(carried(second, number=3), exit_code=1)
    assert rules(older) == [("older-release", "")]
    few = take(carried(grown(more, 10), number=6, versions=[3]), exit_code=1)
    assert rules(few) == [("growth", "2024-01")]

    gone = [("survey", "2024-01"), ("survey", "2023-12")]
    assert take(carried(second, number=7, withdrawn=gone))["release"] == 3
    assert [state for *_, state in states(database)] == ["withdrawn"] * 3 + ["published"]
    back = take(carried(first, second, survey("2023-12"), number=8))
    assert (back["release"], back["passed"]) == (None, 2)
    assert [state for *_, state in states(database)] == ["withdrawn"] * 3 + ["published"]
    table = ask(metric_named("measure.mean"), EVERYTHING, load(database), measure="engagement")
    assert table.rows["n"].to_list() == [35]


def test_nothing_of_this_side_joins_what_came_from_elsewhere(take: Take, database: Engine) -> None:
    block = survey()
    with Session(database) as session:
        session.add(_draft(block))
        session.commit()
    take(carried(block), "--trust", FINGERPRINT)
    with Session(database) as session:
        (stored,) = session.exec(select(ReleaseBlock)).all()
        assert (stored.state, stored.severed, stored.watermark) == ("published", True, 0)
        assert (stored.smallest, stored.people, stored.cells) == (15, 35, 2)
    # A release of this side, which has no sites of its own, takes no names away.
    assert json.loads(run("release", "publish", "--json"))["release"] is None
    assert load(database).locations["name"].to_list() == ["Site A", "Site B"]


def test_no_party_takes_back_what_this_side_published(take: Take, database: Engine) -> None:
    take(carried(survey("2024-02")), "--trust", FINGERPRINT)
    own = _draft(survey())
    own.state = "published"
    with Session(database) as session:
        session.add(own)
        session.commit()
    stones = [("survey", "2024-01"), ("survey", "2024-02")]
    told = take(carried(number=2, withdrawn=stones), exit_code=1)
    assert rules(told) == [("not-its-own", "2024-01")]
    assert [state for *_, state in states(database)] == ["published"] * 2
    theirs = carried(key=OTHER, withdrawn=stones[1:])
    trusted = ("--trust", signing.fingerprint(signing.public(OTHER)))
    assert rules(take(theirs, *trusted, exit_code=1)) == [("not-its-own", "2024-02")]
    # Only the party that sent it.
    take(carried(number=3, withdrawn=stones[1:]))
    assert [state for *_, state in states(database)] == ["published", "withdrawn"]


def test_a_period_that_was_withdrawn_here_holds_up_no_other(take: Take, database: Engine) -> None:
    take(carried(survey()), "--trust", FINGERPRINT)
    run("release", "withdraw", "--subject", "survey", "--period", "2024-01")
    told = take(carried(survey(), survey("2024-02"), number=2))
    assert (told["blocks"], told["passed"]) == (1, 1)
    assert states(database) == [("2024-01", 1, "withdrawn"), ("2024-02", 1, "published")]


def _draft(block: Block) -> ReleaseBlock:
    return ReleaseBlock(
        subject=block.subject,
        period=block.period,
        version=1,
        state="draft",
        minimum=11,
        watermark=9,
        cells=0,
        smallest=None,
        people=0,
        withheld=[],
        sha256="",
        cells_data=b"",
        values_data=b"",
    )


def test_what_cannot_be_read_or_written_is_said(take: Take, tmp_path: Path) -> None:
    assert rules(take(b"no release", exit_code=1)) == [("form", "")]
    assert "there is no file" in run("import-release", str(tmp_path / "none"), exit_code=1)
    assert "nothing of it is published" in run("export-release", str(tmp_path / "x"), exit_code=1)
    told = run("export-release", str(tmp_path / "x"), "--subject", "weather", exit_code=1)
    assert "there is no subject 'weather'; there are: survey" in told
    assert "is not a period" in run(
        "export-release", str(tmp_path / "x"), "--from", "soon", exit_code=1
    )
    assert not (tmp_path / "x").exists()


def test_a_part_is_carried_by_subject_and_period(take: Take, tmp_path: Path) -> None:
    blocks = [survey(f"2024-{month:02d}") for month in range(1, 6)]
    take(carried(*blocks, withdrawn=[("survey", "2023-12")]), "--trust", FINGERPRINT)
    file = tmp_path / "part"
    window = ("--from", "2024-Q1", "--to", "2024-03")
    told = run("export-release", str(file), "--subject", "survey", *window)
    assert "release 1 with 3 periods of subjects in 6 cells, the smallest of 15 people" in told
    # A company that received a release signs with a key of its own.
    assert FINGERPRINT not in told
    found = form.opened(file.read_bytes()).manifest
    assert [block.period for block in found.blocks] == ["2024-01", "2024-02", "2024-03"]
    assert found.withdrawn == []
    assert "Next: send the file, and tell the fingerprint by another way" in told
