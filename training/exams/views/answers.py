"""What a plain form of a question says."""

from typing import Any

from flask import request

from training.cases import queries as cases
from training.exams.forms import case_form, plain_response
from training.exams.queries import PinnedPlace, PlacedItem
from training.exams.rules.blueprint import ItemKind


def plain_answer(place: PinnedPlace | PlacedItem) -> dict[str, Any]:
    """The answer in the shape that scripts send; what cannot be read stays so, to be told apart by the rule that reads every answer."""
    if place.version.kind != ItemKind.CASE:
        return plain_response(ItemKind(place.version.kind), request.form, place.version.document, len(place.option_order))
    displayed = cases.case_for_display(place.version.case_version_id or 0)
    try:
        return case_form(displayed, {}).as_json()
    except ValueError:
        return {"evidence": "unreadable"}
