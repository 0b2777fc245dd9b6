"""How a pair of quantities is drawn and told: points, curve, correlation. No causes."""

from figures.curve import Axis, Line, Point, curve
from figures.palette import THEMED
from pages.people.contact import name
from pages.people.pairs import Pair
from pages.shared import showing, sidebar, states
from pages.shared.words import _, words


def drawn(pair: Pair, shown: frozenset[str], key: str) -> None:
    """The groups of the selection, and the curve of all."""
    names = sidebar.names()
    points = [
        Point(names.get(site, site), x, y, n)
        for site, x, y, n in pair.rows.drop_nulls().select("location", "x", "y", "n").iter_rows()
        if site in shown and y == y
    ]
    if not points:
        states.too_few(_("No site of this selection is large enough to be shown."))
        return
    fitted = pair.curve
    line = Line(
        list(fitted.at), list(fitted.curve.value), list(fitted.curve.low), list(fitted.curve.high)
    )
    axes = [Axis(name(figure), figure.unit) for figure in (pair.x, pair.y)]
    showing.picture(curve(axes[0], axes[1], points, line, words(), THEMED), key)


def signed(value: float) -> str:
    """A correlation with its sign."""
    return f"{'−' if value < 0 else '+'}{words().number(abs(value), 2)}"


def correlation(pair: Pair) -> str:
    """The correlation in words, and whether it may be none."""
    if pair.together is None:
        return _("Too few groups of one kind for a correlation.")
    found = pair.together.correlation
    told = _(
        "Correlation among groups of one kind {value} (95 % interval {low} to {high}, n = {n})."
    ).format(
        value=signed(float(found.value[0])),
        low=signed(float(found.low[0])),
        high=signed(float(found.high[0])),
        n=words().number(pair.together.groups),
    )
    if found.low[0] <= 0 <= found.high[0]:
        unsure = _("That interval holds zero: whether the two rise and fall together is not clear.")
        return f"{told} {unsure}"
    return told


def shape(pair: Pair) -> str:
    """Whether the curve bends, and where it turns."""
    said, fitted = words(), pair.curve
    if not fitted.bent:
        return _("A straight line describes it as well as a bent one.")
    turn, low, high = (
        float(part[0]) for part in (fitted.turns.value, fitted.turns.low, fitted.turns.high)
    )
    if turn != turn:
        return _("The curve is bent: more of it does not matter equally everywhere.")
    return _(
        "**The curve turns at about {place}** (95 % interval {low} to {high}): more is not better "
        "everywhere."
    ).format(place=said.number(turn, 2), low=said.number(low, 2), high=said.number(high, 2))


def groups(pair: Pair) -> str:
    """What a dot is."""
    if pair.by == "team":
        return _(
            "A dot is a team or a group of teams; all are compared with others of the same kind of "
            "site and moved to the level of an average one. Teams of one site resemble each "
            "other, so the intervals count sites."
        )
    return _(
        "A dot is a site; all are compared with others of the same kind and moved to the level of "
        "an average one."
    )
