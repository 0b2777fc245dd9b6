import polars as pl
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.tables import ReleaseBlock, ReleasedLocation
from release.blocks import Block, fingerprint, pack, unpack
from release.build import build
from release.leaves import leaf_counts
from release.subjects import SITES
from tests.bench import hundredfold

DIMS = ("region", "location", "desk_type", "job_family", "team")
PEOPLE = {"north": 14, "south": 30}
TIMES = hundredfold.TIMES


def survey() -> Block:
    sheets = pl.concat(
        pl.DataFrame(
            {
                "period": ["2024-01"] * people,
                "region": ["east"] * people,
                "location": [site] * people,
                "desk_type": ["desk"] * people,
                "job_family": ["care"] * people,
                "team": [f"{site} team"] * people,
                "enps": [float(i % 11) for i in range(people)],
            }
        )
        for site, people in PEOPLE.items()
    )
    leaves = leaf_counts(sheets, ("period", *DIMS), ("enps",))
    return build("survey", leaves, DIMS, 11)[0]


def ideas() -> Block:
    cells = pl.DataFrame(
        {
            "cell": [0, 1],
            "view": [SITES] * 2,
            "people": [0, 0],
            "location": [["north"], ["north", "south"]],
            "theme": [["stock"], []],
            "customer_related": [["yes"], []],
            "idea": [["i1"], ["i2"]],
        },
        schema_overrides={"cell": pl.UInt32, "people": pl.UInt32},
    )
    values = pl.DataFrame(
        {
            "cell": [0, 1],
            "measure": ["ideas_submitted"] * 2,
            "n": [1, 1],
            "total": [1.0, 1.0],
            "squares": [1.0, 1.0],
            "at_risk": [None, None],
            "at_least": [False, False],
        },
        schema_overrides={"cell": pl.UInt32, "n": pl.UInt32, "at_risk": pl.Int32},
    )
    return Block("ideas", "2024-01", cells, values)


def store(session: Session, block: Block) -> None:
    cells, values = pack(block.cells), pack(block.values)
    session.add(
        ReleaseBlock(
            subject=block.subject,
            period=block.period,
            version=1,
            state="published",
            minimum=11,
            watermark=1,
            release=1,
            cells=block.cells.height,
            smallest=block.smallest,
            people=block.people,
            withheld=list(block.withheld),
            sha256=fingerprint(cells, values),
            cells_data=cells,
            values_data=values,
        )
    )


@pytest.fixture
def inflated(database: Engine) -> Engine:
    with Session(database) as session:
        store(session, survey())
        store(session, ideas())
        session.add_all(ReleasedLocation(location_id=site, name=site) for site in PEOPLE)
        session.commit()
    hundredfold.inflate(database)
    return database


def block(engine: Engine, subject: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    with Session(engine) as session:
        stored = session.exec(select(ReleaseBlock).where(ReleaseBlock.subject == subject)).one()
        return unpack(stored.cells_data), unpack(stored.values_data)


def test_every_cell_is_there_a_hundred_times_with_its_sums(inflated: Engine) -> None:
    cells, values = block(inflated, "survey")
    assert cells.height == TIMES * len(PEOPLE)
    assert cells["people"].sum() == TIMES * sum(PEOPLE.values())
    before = survey().values
    for column in ("n", "total", "squares"):
        assert values[column].sum() == TIMES * before[column].sum()
    sites = cells["location"].explode()
    assert sites.n_unique() == TIMES * len(PEOPLE)


def test_what_is_released_as_brought_is_copied(inflated: Engine) -> None:
    cells, values = block(inflated, "ideas")
    assert cells.height == values.height == TIMES * 2
    assert cells["cell"].to_list() == list(range(TIMES * 2))
    assert cells["idea"].explode().n_unique() == TIMES * 2
    assert cells["location"][3].to_list() == ["north~1", "south~1"]


def test_every_site_has_its_name(inflated: Engine) -> None:
    with Session(inflated) as session:
        places = session.exec(select(ReleasedLocation)).all()
    assert len(places) == TIMES * len(PEOPLE)
    assert {"north~0", "south~99"} <= {place.location_id for place in places}
