"""What the pages about one's own practice and about other people's share."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import current_app, render_template, request, url_for

from training import clock
from training.cases.queries import taxonomy
from training.cases.rules import TIME_TARGETS, Severity, Surface
from training.errors import NotFound
from training.judgements.queries import Figure
from training.judgements.rules import (
    AREA_MINIMUM,
    FEWEST_OF_A_CLASS,
    FEWEST_TO_JUDGE,
    AnswerKind,
    Costs,
    Dimension,
    Standing,
    highest_rate_behind_none,
)
from training.practice import queries
from training.practice.rules import FEWEST_TO_JUDGE_SLOW_CASES, READY_ANSWER_COUNT, READY_CERTAINTY, READY_DAY_COUNT
from training.web.addresses import id_in_query
from training.web.charts import SHARES, Axis, Chart, Reference, intervals

PAGE_SIZE = 30
LEANS = Axis(-2.0, 2.0, ((-2.0, "−2"), (-1.0, "−1"), (1.0, "+1"), (2.0, "+2")))
"""How far criteria lie from the cheapest one, as far as they are drawn."""
LONGEST_KEY = 300

ORDERS: dict[Dimension, list[str]] = {
    Dimension.SURFACE: [surface.value for surface in Surface],
    Dimension.SEVERITY: [severity.value for severity in Severity],
    Dimension.LANGUAGE: [],
    Dimension.DECISION: [],
}
"""The divisions below areas, each with the order that its keys have."""

NUMBERS = {
    "minimum": AREA_MINIMUM,
    "fewest": FEWEST_TO_JUDGE,
    "fewest_of_a_class": FEWEST_OF_A_CLASS,
    "fewest_for_slow": FEWEST_TO_JUDGE_SLOW_CASES,
    "ready_certainty": READY_CERTAINTY,
    "ready_answers": READY_ANSWER_COUNT,
    "ready_days": READY_DAY_COUNT,
}
"""What the pages say about when something is judged."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose practice a page is about, and where its pages are. Without a public id it is the reader's own."""

    person_id: int
    name: str
    public_id: str | None

    @property
    def is_own(self) -> bool:
        """Whether the reader reads about themselves."""
        return self.public_id is None

    @property
    def profile_address(self) -> str:
        """Where the profile is."""
        return url_for("practice.profile") if self.is_own else url_for("practice.person", public_id=self.public_id)

    @property
    def report_address(self) -> str:
        """Where the one-page report is."""
        return f"{self.profile_address}/print"

    @property
    def answers_address(self) -> str:
        """Where the answers behind figures are."""
        return f"{self.profile_address}/answers"

    def behind(self, kind: str = "all", dimension: str = "", key: str = "") -> str:
        """The address of the answers behind one figure."""
        return f"{self.answers_address}?{urlencode({'kind': kind, 'dimension': dimension, 'key': key})}"


def costs() -> Costs:
    """What the organisation says of its queues."""
    return Costs(current_app.config["VIOLATION_PREVALENCE"], current_app.config["MISS_COST"])


def profile_page(template: str, whose: Whose) -> str:
    """The profile, or its report."""
    now, known = clock.now(), taxonomy()
    found = queries.practice_profile(whose.person_id, costs=costs(), at=now)
    codes = [area.code for area in known.areas]
    gravest = found.profile.of(Dimension.SEVERITY, Severity.S4.value)
    areas = _in_order(found.profile.by(Dimension.AREA), codes)
    return render_template(
        template,
        whose=whose,
        found=found,
        areas=areas,
        charts={"shares": _shares(areas), "leans": _leans(areas)},
        divisions={dimension: _in_order(found.profile.by(dimension), order) for dimension, order in ORDERS.items()},
        critical_count=gravest.tally.count if gravest else 0,
        highest_missed=highest_rate_behind_none(gravest.tally.count if gravest else 0),
        time_targets=[(surface.value, TIME_TARGETS.get(surface)) for surface in Surface],
        area_codes=codes,
        titles=known.titles,
        costs=costs(),
        now=now,
        **NUMBERS,
    )


def _shares(areas: Sequence[Standing]) -> Chart | None:
    found = [(area.key, area.accuracy) for area in areas if area.accuracy]
    asked = Reference(AREA_MINIMUM, f"{AREA_MINIMUM * 100:.0f} %")
    return intervals([(key, limits.low, limits.point, limits.high) for key, limits in found], SHARES, mark=asked) if found else None


def _leans(areas: Sequence[Standing]) -> Chart | None:
    found = [(area.key, area.detection.excess) for area in areas if area.detection and area.detection.excess]
    centre = Reference(0.0, "← over · under →", is_centred=True)
    return intervals([(key, limits.low, limits.point, limits.high) for key, limits in found], LEANS, mark=centre) if found else None


def _in_order(standings: Sequence[Standing], order: Sequence[str]) -> list[Standing]:
    """In this order of keys; those that it does not have follow, the most answered first."""
    places = {key: place for place, key in enumerate(order)}
    return sorted(standings, key=lambda standing: (places.get(standing.key, len(places)), -standing.count, standing.key))


def answers_page(whose: Whose) -> str:
    """The practice answers behind the figure that the address names. Raises NotFound where there is no such figure."""
    figure = _figure_asked()
    found = queries.answers_behind(whose.person_id, figure, before_id=id_in_query("before"), size=PAGE_SIZE + 1)
    shown = found[:PAGE_SIZE]
    older_id = shown[-1].judgement.id if len(found) > PAGE_SIZE else None
    return render_template("practice/answers_behind.html", whose=whose, figure=figure, answers=shown, older_id=older_id, titles=taxonomy().titles)


def _figure_asked() -> Figure:
    dimension, key = request.args.get("dimension", ""), request.args.get("key", "")
    try:
        kind = AnswerKind(request.args.get("kind", AnswerKind.ALL.value))
        return Figure(kind, Dimension(dimension), key[:LONGEST_KEY]) if dimension else Figure(kind)
    except ValueError:
        raise NotFound from None
