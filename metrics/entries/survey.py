"""Measures that employees answer."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from metrics.vocabulary import Measure
from metrics.words import N_

_BAT23 = N_("Burnout Assessment Tool, Flemish norm: at risk from 2.59, severe from 3.02")
_BAT12 = N_(
    "Schaufeli, De Witte et al. (2023), doi 10.5271/sjweh.4093: at risk from 2.54, severe from 2.96"
)
_BAT4 = N_("Burnout Assessment Tool, four items; no published cut-off, so the mean only")
_UBOS = N_("TNO and CBS (NEA): complaint when the mean of the five items is above 3.20")
_LIGHTS = N_("Burnout Assessment Tool, Flemish norm: at risk above the green light")
_ALPHA = N_("Cronbach's alpha of a year's complete sheets, computed before the release")
_NPS = N_("Net promoter score: share of 9-10 less share of 0-6")
_UWES = N_("UWES-3: mean of three items, 0-6; no cut-off")
_ITEM = N_("Single item, 1-5; at risk at the two answers on the bad side")
_MANAGERS = N_("Asked of managers only; share that says yes")

_answered = partial(Measure, side="wx", rater="employee", subject="survey")


def _bat(*numbers: int) -> tuple[str, ...]:
    return tuple(f"bat{number:02d}" for number in numbers)


def burnout() -> Iterator[Measure]:
    """The burnout scales, longest first within BAT, with their severe cut-offs and subscales."""
    for scale in _scales():
        yield scale
        if scale.severe_from is not None:
            # A yes or no: the scale's own sum is not told once more, least of all where the scale
            # does not tell it. Without ends: nor is how many, with other noise.
            yield replace(
                scale,
                code=f"{scale.code}_severe",
                label=_SEVERE[scale.code],
                unit="percent",
                transform="binary",
                yes_from=scale.severe_from,
                at_risk_from=100,
                severe_from=None,
                low=None,
                high=None,
            )
    yield from _subscales()
    yield from _reliability()


def _scales() -> Iterator[Measure]:
    bat = partial(_answered, unit="score", better="lower", theme="burnout", low=1, high=5)
    yield bat(
        code="bat23",
        label=N_("Burnout (BAT-23)"),
        items=_bat(*range(1, 24)),
        at_risk_from=2.59,
        severe_from=3.02,
        source=_BAT23,
    )
    yield bat(
        code="bat12",
        label=N_("Burnout (BAT-12)"),
        items=_bat(1, 3, 4, 9, 11, 13, 14, 17, 18, 19, 20, 23),
        at_risk_from=2.54,
        severe_from=2.96,
        source=_BAT12,
    )
    yield bat(code="bat4", label=N_("Burnout (BAT-4)"), items=_bat(1, 9, 17, 23), source=_BAT4)
    yield _answered(
        code="ubos5",
        label=N_("Work-related mental exhaustion"),
        unit="score",
        better="lower",
        theme="burnout",
        items=("ubos1", "ubos2", "ubos3", "ubos4", "ubos5"),
        low=1,
        high=7,
        at_risk_from=3.20,
        at_risk_strict=True,
        source=_UBOS,
    )


_SEVERE = {
    "bat23": N_("Severe burnout risk (BAT-23)"),
    "bat12": N_("Severe burnout risk (BAT-12)"),
}


def _subscales() -> Iterator[Measure]:
    """Those of BAT-23; of BAT-12 none has published cut-offs. At risk above the green light."""
    for code, label, items, green in (
        ("exhaustion", N_("Exhaustion (BAT-23)"), range(1, 9), 3.05),
        ("distance", N_("Mental distance (BAT-23)"), range(9, 14), 2.49),
        ("cognitive", N_("Cognitive impairment (BAT-23)"), range(14, 19), 2.69),
        ("emotional", N_("Emotional impairment (BAT-23)"), range(19, 24), 2.09),
    ):
        yield _answered(
            code=f"bat23_{code}",
            label=label,
            unit="score",
            better="lower",
            theme="burnout",
            items=_bat(*items),
            low=1,
            high=5,
            at_risk_from=green,
            at_risk_strict=True,
            source=_LIGHTS,
        )


def _reliability() -> Iterator[Measure]:
    """Cronbach's alpha of each scale, of the whole company and year."""
    for scale, label in (
        ("bat23", N_("Reliability of BAT-23")),
        ("bat12", N_("Reliability of BAT-12")),
        ("bat4", N_("Reliability of BAT-4")),
        ("ubos5", N_("Reliability of UBOS-5")),
    ):
        yield Measure(
            code=f"{scale}_alpha",
            label=label,
            side="wx",
            rater="system",
            unit="score",
            better="higher",
            theme="burnout",
            high=1,
            source=_ALPHA,
            subject="reliability",
        )


def _good(code: str, label: str, theme: str) -> Measure:
    """A single item where 5 is best."""
    return _answered(
        code=code,
        label=label,
        unit="score",
        better="higher",
        theme=theme,
        items=(code,),
        low=1,
        high=5,
        at_risk_from=2,
        source=_ITEM,
    )


def _bad(code: str, label: str, theme: str) -> Measure:
    """A single item where 5 is worst."""
    return _answered(
        code=code,
        label=label,
        unit="score",
        better="lower",
        theme=theme,
        items=(code,),
        low=1,
        high=5,
        at_risk_from=4,
        source=_ITEM,
    )


def _yes(code: str, label: str) -> Measure:
    """A yes-no item for managers, where yes is bad."""
    return _answered(
        code=code,
        label=label,
        unit="percent",
        better="lower",
        theme="barriers",
        items=(code,),
        low=0,
        high=100,
        transform="binary",
        # So that a cell where nearly all say yes tells no more than that.
        at_risk_from=100,
        source=_MANAGERS,
    )


def items() -> Iterator[Measure]:
    """Single items, with the answers of managers last."""
    yield _good("peer_interaction", N_("Contact with colleagues"), "interaction")
    yield _good("manager_interaction", N_("Contact with the manager"), "interaction")
    yield _bad("emotional_dissonance", N_("Emotional dissonance"), "interaction")
    yield _good("voice", N_("Voice"), "ideas")
    yield _good("connection", N_("Connection"), "remote")
    yield _good("informal_contact", N_("Informal contact"), "remote")
    yield _good("work_anywhere", N_("Can work anywhere"), "remote")
    yield _good("autonomy", N_("Autonomy"), "empowerment")
    yield _good("tool_fit", N_("Fit of the tools"), "empowerment")
    yield _good("clarity", N_("Clarity"), "empowerment")
    yield _good("growth", N_("Growth"), "empowerment")
    yield _good("coaching", N_("Coaching"), "empowerment")
    yield _good("representation", N_("Representation"), "empowerment")
    yield _bad("workload", N_("Workload"), "health")
    yield _yes("barrier_structure", N_("Barrier: structure of the organisation"))
    yield _yes("barrier_skills", N_("Barrier: skills"))
    yield _yes("barrier_technology", N_("Barrier: technology"))
    yield _yes("struggle_cx", N_("Struggles to deliver customer experience"))
    yield _yes("struggle_wx", N_("Struggles to improve worker experience"))


def happiness() -> Iterator[Measure]:
    """eNPS and engagement."""
    yield _answered(
        code="enps",
        label=N_("eNPS"),
        unit="nps",
        better="higher",
        theme="health",
        items=("enps",),
        low=-100,
        high=100,
        transform="nps",
        source=_NPS,
    )
    yield _answered(
        code="engagement",
        label=N_("Engagement"),
        unit="score",
        better="higher",
        theme="health",
        items=("uwes1", "uwes2", "uwes3"),
        low=0,
        high=6,
        source=_UWES,
    )
