"""One item on the trainers' desk: how it measures, who meets it, and, once somebody has opened it, the question with its key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_names
from training.db import db
from training.exams import services
from training.exams.forms import KIND_WORDS, RULING_WORDS, STATE_WORDS, EstimateForm, HoldForm, ReleaseForm
from training.exams.models import ItemVersion
from training.exams.queries.item_desk import (
    estimates_of,
    exposure_of,
    flag_events_of,
    item_for_desk,
    item_to_rule_on,
    knows_item,
    sample_answers,
    versions_of_item,
)
from training.exams.queries.opened import OpenedItem, opened_item
from training.exams.queries.rulings import rulings_of_item
from training.exams.rules.analysis.cuts import FEWEST_JUDGES, item_means
from training.exams.rules.analysis.figures import Chosen, ItemFigures
from training.exams.rules.answer_codes import code_of, options_of_code
from training.exams.rules.blueprint import DRAWN_STATES, ItemKind, ItemState
from training.exams.rules.pool import EXPOSURE_CAP
from training.exams.views.areas import titles
from training.exams.views.bank_desk import FLAG_WORDS, STATE_TONES
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import ANALYSIS_ROLES
from training.web.access import current_actor, opens_to, principal, writes
from training.web.spreadsheets import Cell, table_file

ANSWERS_HEADING = ("Answer", "Key", "Given by", "Lower third", "Middle third", "Upper third")
CHARTED = 6
"""How many answers the chart shows; the table has all that are kept."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer that candidates gave, in words."""

    name: str
    words: str
    is_key: bool
    chosen: Chosen


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


@blueprint.post("/exams/desk/items/<slug>/estimate")
@opens_to("trainer")
@writes
def estimate_item(slug: str) -> ResponseReturnValue:
    """Keep my estimate for the cut."""
    form = EstimateForm(prefix="estimate-")
    if not form.validate_on_submit():
        return _page(slug, estimating=form), 422
    chance = (form.percent.data or 0) / 100
    services.estimate_item(item_to_rule_on(slug), judge_id=principal().person_id, chance=chance, by=current_actor(), now=clock.now())
    return _done(slug, "Your estimate is kept. Until then you saw nobody else's.", anchor="estimate")


def _done(slug: str, said: str, *, anchor: str | None = None) -> ResponseReturnValue:
    db.session.commit()
    flash(said, "good")
    return redirect(url_for("exams.item_analysis", slug=slug, _anchor=anchor))


@blueprint.get("/exams/desk/items/<slug>/answers.<file_format>")
@opens_to("trainer")
def item_answers(slug: str, file_format: str) -> ResponseReturnValue:
    """What candidates answered, as a file; for those who have opened the item."""
    item, version = item_for_desk(slug)
    if not knows_item(principal().person_id, item.id):
        return redirect(url_for("exams.item_analysis", slug=slug))
    figures = versions_of_item(item.id)[0].figures
    lines: list[list[Cell]] = [
        [answer.words, "key" if answer.is_key else "", answer.chosen.count, *answer.chosen.by_third] for answer in _given(version, figures)
    ]
    return table_file(f"answers-{slug}", ANSWERS_HEADING, lines, file_format)


def _page(slug: str, *, holding: HoldForm | None = None, releasing: ReleaseForm | None = None, estimating: EstimateForm | None = None) -> str:
    item, version = item_for_desk(slug)
    versions, events = versions_of_item(item.id), flag_events_of(item.id)
    is_open = "trainer" in principal().roles and knows_item(principal().person_id, item.id)
    return render_template(
        "exams/desk/item.html",
        item=item,
        version=version,
        versions=versions,
        figures=versions[0].figures,
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
        shown=_shown(version, versions[0].figures) if is_open else None,
        holding=holding or HoldForm(formdata=None, prefix="hold-"),
        releasing=releasing or ReleaseForm(formdata=None, prefix="release-"),
        estimating=estimating or EstimateForm(formdata=None, prefix="estimate-"),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of an item to those who know it."""

    question: OpenedItem
    given: list[GivenAnswer]
    charted: list[GivenAnswer]
    own_estimate: float | None
    mean_estimate: float | None
    judge_count: int
    fewest_judges: int = FEWEST_JUDGES


def _shown(version: ItemVersion, figures: ItemFigures | None) -> Shown:
    estimates = estimates_of([version.id])
    own = estimates.get(str(principal().person_id), {}).get(version.id)
    mean, judges = item_means(estimates).get(version.id, (None, 0))
    given = _given(version, figures)
    return Shown(
        question=opened_item(version, reader_id=principal().person_id, now=clock.now()),
        given=given,
        charted=[answer for answer in given if answer.chosen.code][:CHARTED],
        own_estimate=own,
        mean_estimate=mean if own is not None else None,
        judge_count=judges,
    )


def _given(version: ItemVersion, figures: ItemFigures | None) -> list[GivenAnswer]:
    """What was answered, the most frequent first, each with a short name for the chart."""
    if figures is None:
        return []
    options = {option["id"]: option["text"] for option in version.document.get("options", ())}
    words = {} if options else _words_of_samples(version)
    found = []
    for number, chosen in enumerate(figures.chosen, start=1):
        letters = options_of_code(list(options), chosen.code) if options else []
        name = "–" if not chosen.code else "+".join(letters) if options else str(number)
        said = "Nothing" if not chosen.code else " + ".join(options[letter] for letter in letters) if options else words.get(chosen.code, "Another answer")
        found.append(GivenAnswer(name, said, chosen.right_count > 0, chosen))
    return found


def _words_of_samples(version: ItemVersion) -> dict[int, str]:
    """What codes stand for, from the latest answers that have them."""
    kind = ItemKind(version.kind)
    return {code_of(kind, response, order): _in_words(kind, response) for response, order in reversed(sample_answers(version.id)) if any(response.values())}


def _in_words(kind: ItemKind, response: Mapping[str, Any]) -> str:
    if kind is ItemKind.SHORT:
        return f"“{response.get('text', '')}”"
    if kind is not ItemKind.CASE:
        return "Another answer"
    named = render_template("exams/desk/case_answer.txt", response=response, titles=titles())
    return " ".join(named.split())
