"""An exam's form says what its text says, and changes nothing that nobody touched."""

from typing import Any

import pytest

from training.authoring.rules.document_forms import field_at, fields_in, value_in
from training.authoring.rules.exam_fields import exam_parts
from training.authoring.rules.form_entries import with_entered
from training.authoring.rules.form_fields import entered_in
from training.content_store.rules.kinds import Kind

TEXT = """\
# How new colleagues are examined.
id: onboarding-exam
title: "Onboarding"
version: 1.0.0
certification: moderator
item_count: 50
time_limit_minutes: 60
shelf: left alone   # which the form does not know
cells:
  - { area: PRO, minimum: 12, maximum: 14, note: kept }
  - { kind: case, minimum: 24, maximum: 27 }
enemies:
  - [item-a, item-b]
pass_rule:
  weighted_percent: 90
retakes: { cooldown_hours: [24, 72], attempts: 3 }
sequential:
  p0: 0.80
"""
FIELDS = fields_in(exam_parts(("PRO", "CLM")))


def value_of(text: str = TEXT) -> dict[str, Any]:
    value = value_in(Kind.EXAM, text)
    assert value is not None
    return value


def entered(text: str = TEXT, **said: str) -> dict[str, str]:
    return entered_in(value_of(text), FIELDS) | {name.replace("__", "-"): value for name, value in said.items()}


def written(text: str = TEXT, **said: str) -> dict[str, Any]:
    after, faults = with_entered(text, value_of(text), entered(text, **said), FIELDS)
    assert not faults
    return value_of(after)


def test_a_form_that_was_only_looked_at_changes_no_letter() -> None:
    assert with_entered(TEXT, value_of(), entered(), FIELDS) == (TEXT, {})


def test_what_stands_in_the_document_stands_in_the_form() -> None:
    found = entered()
    assert found["gating"] == "yes", "what is not said holds"
    assert (found["retakes-cooldown_hours"], found["enemies"], found["sequential"], found["sequential-p0"]) == ("24, 72", "item-a + item-b", "yes", "0.8")
    assert (found["cells-0-area"], found["cells-0-severity"], found["cells-1-minimum"]) == ("PRO", "", "24")


def test_a_changed_quota_keeps_what_the_form_does_not_know_and_the_others_as_they_are() -> None:
    before, after = value_of(), written(cells__0__severity="S4", cells__0__minimum="10")
    assert after["cells"][0] == {"area": "PRO", "minimum": 10, "maximum": 14, "note": "kept", "severity": "S4"}
    assert after["cells"][1] == before["cells"][1] and after["shelf"] == "left alone" and after["sequential"] == {"p0": 0.8}


def test_a_condition_that_is_taken_out_leaves_the_row_and_an_empty_row_leaves_the_table() -> None:
    assert written(cells__0__area="")["cells"][0] == {"minimum": 12, "maximum": 14, "note": "kept"}
    gone = dict.fromkeys(("cells__0__area", "cells__0__minimum", "cells__0__maximum"), "")
    assert [cell["minimum"] for cell in written(**gone)["cells"]] == [24]


def test_a_row_that_is_added_says_only_what_was_entered() -> None:
    rows = written(cells__7__severity="S4", cells__7__minimum="6", cells__7__maximum="12")["cells"]
    assert rows[2] == {"severity": "S4", "minimum": 6, "maximum": 12}


def test_what_is_no_number_stays_as_it_was_entered_for_the_checks_to_tell() -> None:
    after = written(cells__0__minimum="many", item_count="fifty", retakes__cooldown_hours="24 soon")
    assert (after["cells"][0]["minimum"], after["item_count"], after["retakes"]["cooldown_hours"]) == ("many", "fifty", [24, "soon"])


@pytest.mark.parametrize(
    ("said", "path", "expected"),
    [
        ({"gating": ""}, "gating", False),
        ({"sequential": ""}, "sequential", None),
        ({"sequential__p0": ""}, "sequential", {}),
        ({"delta__areas": "PRO, CLM"}, "delta", {"areas": ["PRO", "CLM"]}),
        ({"window__opens_at": "2026-12-01T09:00:00+07:00"}, "window", {"opens_at": "2026-12-01T09:00:00+07:00"}),
        ({"enemies": "item-a + item-b\nitem-c, item-d"}, "enemies", [["item-a", "item-b"], ["item-c", "item-d"]]),
        ({"enemies": ""}, "enemies", None),
        ({"pilot_items": "2"}, "pilot_items", 2),
    ],
)
def test_each_field_is_written_where_the_document_has_it(said: dict[str, str], path: str, expected: object) -> None:
    assert written(**said).get(path) == expected


def test_a_part_that_holds_nothing_more_is_left_out_with_its_last_field() -> None:
    delta = TEXT + "delta: { areas: [PRO] }\n"
    assert "delta" not in written(delta, delta__areas="")
    assert written(TEXT.replace("sequential:\n  p0: 0.80\n", ""), sequential="yes")["sequential"] == {}


def test_what_is_wrong_with_a_quota_is_found_by_its_row() -> None:
    assert field_at("cells.1.minimum", FIELDS) == ("cells-1", "Quota 2")
    assert field_at("pass_rule.weighted_percent", FIELDS) == ("pass_rule-weighted_percent", "Points needed, %")


@pytest.mark.parametrize("text", ["id: [", "- id", "id: x\ncells: 3\n", "id: x\ncells: [3]\n", "id: x\npass_rule: 90\n", "id: x\nsequential: yes\n"])
def test_a_text_that_is_no_map_of_fields_has_no_form(text: str) -> None:
    assert value_in(Kind.EXAM, text) is None
