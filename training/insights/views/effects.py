"""Before and after a policy change: how well people decide about what it touched, and who acknowledged it when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from training.insights.forms import BASES
from training.insights.queries.decisions import counted_at
from training.insights.queries.effects import effects_kept, kept_of, kept_of_all
from training.insights.queries.learners import all_learners, learners_page
from training.insights.rules.effects import Answers, Effect, Effects, Phase, Side, Window, effects_of, uptake_of
from training.insights.rules.enforcement import Basis, may_be_told
from training.insights.services.surveying import EFFECTS
from training.insights.views.blueprint import blueprint
from training.insights.views.figures import MAY_SEE_FIGURES, asked
from training.judgements.rules import Interval
from training.policy_changes.models import PublishedChange
from training.policy_changes.queries import change_of, published_changes
from training.web.access import opens_to
from training.web.addresses import id_in_query, page_in_query
from training.web.charts import Axis, Chart, Series, Value, curves, intervals, shares, shares_between
from training.web.spreadsheets import Cell, table_file

CHANGES_A_PAGE = 20
SIDE_WORDS = {Side.ACKNOWLEDGED: "Acknowledged it", Side.OTHERS: "Have not"}
PHASE_WORDS = {Phase.BEFORE: "before", Phase.BETWEEN: "until they acknowledged", Phase.AFTER: "after"}
HEADING = ("Decisions", "People", "When", "Answers", "Right", "By how many people", "Share", "At least", "At most")
UPTAKE_HEADING = ("Day after publication", "Have acknowledged", "Share of those asked")
LEARNERS_HEADING = ("Person", "Id", "Team", "Acknowledged (UTC)")


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of a change."""

    row: PublishedChange
    window: Window
    asked: int
    effects: Mapping[Basis, Effects]
    uptake: Sequence[tuple[int, float]]
    """How many had acknowledged by the end of each day, and which share of those asked they are."""


@blueprint.get("/organisation/changes")
@opens_to(*MAY_SEE_FIGURES)
def changes() -> str:
    """The changes that were published, the latest first."""
    page = page_in_query()
    found = published_changes(skipped=(page - 1) * CHANGES_A_PAGE, count=CHANGES_A_PAGE + 1)
    shown = found[:CHANGES_A_PAGE]
    return render_template(
        "insights/changes.html", about=asked(), rows=shown, kept=kept_of_all([row.id for row in shown]), page=page, has_more=len(found) > CHANGES_A_PAGE
    )


@blueprint.get("/organisation/changes/<slug>/<version>")
@opens_to(*MAY_SEE_FIGURES)
def effects(slug: str, version: str) -> str:
    """One change: accuracy before and after, and who acknowledged it when."""
    told = _told(slug, version)
    return render_template(
        "insights/effects.html",
        about=asked(),
        told=told,
        change=told.row.change,
        weeks=[(week, told.uptake[week * 7]) for week in range(len(told.uptake) // 7 + 1) if week * 7 < len(told.uptake)],
        charts={basis.value: chart for basis, found in told.effects.items() if (chart := _accuracies(found)) is not None},
        curve=_curve(told),
        words={"bases": BASES, "sides": SIDE_WORDS},
        counted_at=counted_at(EFFECTS),
    )


@blueprint.get("/organisation/changes/<slug>/<version>/answers.<file_format>")
@opens_to(*MAY_SEE_FIGURES)
def effects_file(slug: str, version: str, file_format: str) -> ResponseReturnValue:
    """What was answered before and after, as a file."""
    told = _told(slug, version)
    lines = (
        (BASES[basis], SIDE_WORDS[effect.side], PHASE_WORDS[phase], *_cells(getattr(effect, phase.value)))
        for basis, found in told.effects.items()
        for effect in (found.acknowledged, found.others)
        for phase in Phase
    )
    return table_file("policy-change", HEADING, lines, file_format)


@blueprint.get("/organisation/changes/<slug>/<version>/days.<file_format>")
@opens_to(*MAY_SEE_FIGURES)
def uptake_file(slug: str, version: str, file_format: str) -> ResponseReturnValue:
    """How many had acknowledged it day by day, as a file."""
    lines = ((day, count, round(share, 4)) for day, (count, share) in enumerate(_told(slug, version).uptake))
    return table_file("policy-change-days", UPTAKE_HEADING, lines, file_format)


@blueprint.get("/organisation/changes/<slug>/<version>/people")
@opens_to(*MAY_SEE_FIGURES)
def learners(slug: str, version: str) -> str:
    """Who acknowledged it, or did not: of a lead's own team, or of everybody."""
    about, row, has_learned = asked(), change_of(slug, version), _has_learned()
    page = learners_page(row.change, about.among, has_learned=has_learned, after_id=id_in_query("after"), before_id=id_in_query("before"))
    address = about.address | {"slug": slug, "version": version, "learned": "yes" if has_learned else "no"}
    return render_template("insights/learners.html", about=about, change=row.change, page=page, has_learned=has_learned, address=address)


@blueprint.get("/organisation/changes/<slug>/<version>/people.<file_format>")
@opens_to(*MAY_SEE_FIGURES)
def learners_file(slug: str, version: str, file_format: str) -> ResponseReturnValue:
    """The same as a file, all of them."""
    about, row = asked(), change_of(slug, version)
    people = all_learners(row.change, about.among, has_learned=_has_learned())
    lines = ((each.name, each.public_id, about.told(each.group_id)[0], _minute(each.acknowledged_at)) for each in people)
    return table_file("policy-change-people", LEARNERS_HEADING, lines, file_format)


def _minute(at: datetime | None) -> str | None:
    return f"{at:%Y-%m-%d %H:%M}" if at else None


def _has_learned() -> bool:
    said = request.args.get("learned")
    if said not in ("yes", "no"):
        abort(404)
    return said == "yes"


def _told(slug: str, version: str) -> _Told:
    row, about = change_of(slug, version), asked()
    count, kept = kept_of(row.id), effects_kept(row.id)
    weeks, people = (count.weeks, count.asked) if count else (0, 0)
    found = {basis: effects_of({place: _telling(each, basis, about.is_for_lead) for place, each in answers.items()}) for basis, answers in kept.answers.items()}
    return _Told(row, Window(row.published_at, weeks), people, found, uptake_of(kept.acknowledged, people, days=max(weeks * 7, *kept.acknowledged, 0)))


def _telling(answers: Answers, basis: Basis, is_for_lead: bool) -> Answers:
    """What may be told of these answers: of four people nothing to a lead, who sees not all of them, and of exams to nobody."""
    return answers if may_be_told(answers.people, sees_people=basis is not Basis.EXAM and not is_for_lead) else replace(answers, count=0, right=0)


def _accuracies(found: Effects) -> Chart | None:
    """A picture of the shares before and after, where there are two."""
    rows = [
        (f"{SIDE_WORDS[effect.side]}, {PHASE_WORDS[phase]}", share.low, share.point, share.high)
        for effect in (found.acknowledged, found.others)
        for phase in (Phase.BEFORE, Phase.AFTER)
        if (share := _share(effect, phase)) is not None
    ]
    if len(rows) < 2:
        return None
    return intervals(rows, shares_between(min(row[1] for row in rows), max(row[3] for row in rows), "share right, with its 95 % interval"))


def _share(effect: Effect, phase: Phase) -> Interval | None:
    answers: Answers = getattr(effect, phase.value)
    return answers.accuracy


def _curve(told: _Told) -> Chart | None:
    """Which share of those asked had acknowledged day by day, where days have passed."""
    if len(told.uptake) < 2:
        return None
    last = len(told.uptake) - 1
    named = tuple((float(day), str(day)) for day in range(0, last + 1, 7 if last > 7 else 1))
    values = tuple(Value(float(day), share) for day, (_count, share) in enumerate(told.uptake))
    return curves([Series("Have acknowledged", values)], Axis(0.0, float(last), named, "days after publication"), shares("share of those asked"))


def _cells(answers: Answers) -> Sequence[Cell]:
    share = answers.accuracy
    return answers.count, answers.right, answers.people, *([round(share.point, 4), round(share.low, 4), round(share.high, 4)] if share else [None] * 3)
