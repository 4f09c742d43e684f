"""One item on the trainers' desk: how it measures, who meets it, and, once somebody has opened it, the question with its key."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_names
from training.db import db
from training.exams import services
from training.exams.forms import KIND_WORDS, RULING_WORDS, STATE_WORDS, HoldForm, ReleaseForm
from training.exams.models import ItemVersion
from training.exams.queries.cuts import estimates_of
from training.exams.queries.item_desk import (
    VersionEntry,
    exposure_of,
    flag_events_of,
    item_for_desk,
    item_to_rule_on,
    knows_item,
    versions_of_item,
)
from training.exams.queries.opened import OpenedItem, opened_item
from training.exams.queries.rulings import rulings_of_item
from training.exams.rules.analysis.cuts import FEWEST_JUDGES, spreads
from training.exams.rules.analysis.figures import ItemFigures
from training.exams.rules.blueprint import DRAWN_STATES, ItemState
from training.exams.rules.pool import EXPOSURE_CAP
from training.exams.views.areas import titles
from training.exams.views.bank_desk import FLAG_WORDS, STATE_TONES
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import ANALYSIS_ROLES
from training.exams.views.item_answers import GivenAnswer, given_answers
from training.exams.views.item_pictures import (
    FEWEST_OF_A_GROUP,
    FIFTH_NAMES,
    characteristic,
    distractor_plot,
    facilities_of_versions,
    shown_groups,
    time_columns,
)
from training.web.access import current_actor, opens_to, principal, writes
from training.web.charts import Chart

CHARTED = 6
"""How many answers the picture shows; the table has all that are kept."""


@blueprint.get("/exams/desk/items/<slug>")
@opens_to(*ANALYSIS_ROLES)
def item_analysis(slug: str) -> str:
    """How the item measures; the question and its key for those who know them."""
    return _page(slug)


@blueprint.post("/exams/desk/items/<slug>/open")
@opens_to("trainer")
@writes
def open_item(slug: str) -> ResponseReturnValue:
    """Show the question and its key from now on; whoever sees them never draws the item."""
    services.open_item(item_to_rule_on(slug), person_id=principal().person_id, by=current_actor(), now=clock.now())
    db.session.commit()
    return redirect(url_for("exams.item_analysis", slug=slug, _anchor="question"))


@blueprint.post("/exams/desk/items/<slug>/hold")
@opens_to("trainer")
@writes
def hold_item(slug: str) -> ResponseReturnValue:
    """Stop drawing the item."""
    form = HoldForm(prefix="hold-")
    if not form.validate_on_submit():
        return _page(slug, holding=form), 422
    services.hold_item(item_to_rule_on(slug), reason=form.reason.data, by=current_actor(), now=clock.now())
    return _done(slug, "Held. It is drawn for nobody until somebody releases it; nobody's score has changed.")


@blueprint.post("/exams/desk/items/<slug>/release")
@opens_to("trainer")
@writes
def release_item(slug: str) -> ResponseReturnValue:
    """Let the item be drawn again."""
    form = ReleaseForm(prefix="release-")
    if not form.validate_on_submit():
        return _page(slug, releasing=form), 422
    services.release_item(item_to_rule_on(slug), reason=form.reason.data, by=current_actor(), now=clock.now())
    return _done(slug, "Released. It can be drawn again; its answers so far raise no doubt any more.")


def _done(slug: str, said: str) -> ResponseReturnValue:
    db.session.commit()
    flash(said, "good")
    return redirect(url_for("exams.item_analysis", slug=slug))


def _page(slug: str, *, holding: HoldForm | None = None, releasing: ReleaseForm | None = None) -> str:
    item, version = item_for_desk(slug)
    versions, events = versions_of_item(item.id), flag_events_of(item.id)
    figures = versions[0].figures
    return render_template(
        "exams/desk/item.html",
        item=item,
        version=version,
        versions=versions,
        figures=figures,
        charts=_charts(versions),
        abilities=shown_groups(figures) if figures else [],
        fifth_names=FIFTH_NAMES,
        fewest_of_a_group=FEWEST_OF_A_GROUP,
        exposures=exposure_of(item.id),
        exposure_cap=EXPOSURE_CAP,
        events=events,
        rulings=rulings_of_item(item.id),
        ruling_words=RULING_WORDS,
        names=person_names({event.by_id for event in events if event.by_id is not None}),
        said={"kinds": KIND_WORDS, "states": STATE_WORDS, "tones": STATE_TONES, "flags": FLAG_WORDS},
        titles=titles(),
        is_held=item.state == ItemState.HELD,
        is_drawn=ItemState(item.state) in DRAWN_STATES,
        shown=_shown(version, figures) if may_read_answers(item.id) else None,
        judged=spreads(estimates_of([version.id])).get(version.id),
        fewest_judges=FEWEST_JUDGES,
        holding=holding or HoldForm(formdata=None, prefix="hold-"),
        releasing=releasing or ReleaseForm(formdata=None, prefix="release-"),
    )


def may_read_answers(item_id: int) -> bool:
    """Whether whoever asks knows the item, and so may read its key and what was answered."""
    return "trainer" in principal().roles and knows_item(principal().person_id, item_id)


def _charts(versions: Sequence[VersionEntry]) -> dict[str, Chart | None]:
    figures = versions[0].figures
    return {
        "characteristic": characteristic(figures) if figures else None,
        "times": time_columns(figures.times) if figures else None,
        "versions": facilities_of_versions(versions),
    }


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of an item to those who know it."""

    question: OpenedItem
    given: list[GivenAnswer]
    chart: Chart | None


def _shown(version: ItemVersion, figures: ItemFigures | None) -> Shown:
    given = given_answers(version, figures)
    return Shown(
        question=opened_item(version, reader_id=principal().person_id, now=clock.now()),
        given=given,
        chart=distractor_plot(given[:CHARTED], figures) if figures else None,
    )
