"""What somebody practises for, as the page's address says it: `?area=PRO`, `?surface=listing`, `?purpose=delta&clause=PRO-03.b`, `?set=12`."""

from typing import Any

from flask import request

from training.cases.queries import taxonomy
from training.cases.rules import Surface
from training.documents import is_clause_code
from training.errors import NotFound, Refusal
from training.practice.rules import DAILY, LONGEST_SCOPE, PracticeRefusal, Purpose, PurposeKind
from training.web.addresses import id_in_query

ADDRESSED = {"remedial": PurposeKind.REMEDIAL, "delta": PurposeKind.DELTA}
"""Purposes that the address names, because their areas and clauses alone would not say them."""


def asked_purpose() -> Purpose:
    """What the address asks for. Raises NotFound where it names what there is not, and Refusal where it names too much."""
    purpose = _asked()
    if len(purpose.scope) > LONGEST_SCOPE:
        raise Refusal(PracticeRefusal.TOO_MUCH_AT_ONCE)
    return purpose


def _asked() -> Purpose:
    surfaces, rules = request.args.getlist("surface"), (*_areas(), *_clauses())
    named = request.args.get("purpose")
    if "set" in request.args:
        return Purpose(PurposeKind.SET, (str(_set_id()),))
    if surfaces:
        return Purpose(PurposeKind.DRILL, (_surface(surfaces),))
    if not rules and named is None:
        return DAILY
    if named is not None and (named not in ADDRESSED or not rules):
        raise NotFound
    kind = ADDRESSED[named] if named else PurposeKind.DELTA if _clauses() else PurposeKind.AREA
    return Purpose(kind, rules)


def _set_id() -> int:
    set_id = id_in_query("set")
    if set_id is None:
        raise NotFound
    return set_id


def _surface(asked: list[str]) -> str:
    if len(asked) != 1 or asked[0] not in set(Surface):
        raise NotFound
    return asked[0]


def _areas() -> list[str]:
    areas = request.args.getlist("area")
    if areas and set(areas) - {area.code for area in taxonomy().areas}:
        raise NotFound
    return areas


def _clauses() -> list[str]:
    clauses = request.args.getlist("clause")
    if not all(map(is_clause_code, clauses)):
        raise NotFound
    return clauses


def purpose_arguments(purpose: Purpose) -> dict[str, Any]:
    """The arguments of the address that asks for this purpose."""
    match purpose.kind:
        case PurposeKind.DRILL:
            return {"surface": purpose.names[0]}
        case PurposeKind.SET:
            return {"set": purpose.names[0]}
        case PurposeKind.AREA | PurposeKind.REMEDIAL | PurposeKind.DELTA:
            named = next((name for name, kind in ADDRESSED.items() if kind is purpose.kind), None)
            clauses = [name for name in purpose.names if "." in name]
            return {"purpose": named, "area": [name for name in purpose.names if "." not in name], "clause": clauses}
        case _:
            return {}
