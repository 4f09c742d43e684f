"""An item that goes out and comes back says what it said, but for what was listed."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.items import choices, orders, ours, read_back, replies, shorts, written_to
from training.documents.yaml_reading import read_yaml
from training.exams.documents import ItemDocument
from training.exchange.rules.exporting import ExportFormat, carried

TABLES = (ExportFormat.CSV, ExportFormat.XLSX, ExportFormat.JSONL)
calm = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
every_item = st.one_of(choices(), orders(), shorts(), replies())


def said(item: ItemDocument) -> dict[str, Any]:
    """What comes along everywhere: all but where it stands; how a choice is marked where nothing is said is all or nothing."""
    values = item.model_dump(mode="python", exclude={"state", "public", "editorial"})
    values["scoring"] = values["scoring"] if values["scoring"] == "partial" else None
    return values


def back(folder: Path, item: ItemDocument, into: ExportFormat) -> ItemDocument:
    (draft,) = read_back(written_to(folder, [item], into))
    assert not draft.faults and not draft.losses, draft
    value = read_yaml(draft.text).value
    for name in draft.missing:
        value |= {"reply": value["reply"] | {"rubric": item.reply.rubric}} if item.reply and name.startswith("reply.rubric") else {}
    return ItemDocument.model_validate(value)


@pytest.mark.parametrize("into", TABLES)
@calm
@given(item=st.one_of(every_item, ours()))
def test_tables_and_json_carry_every_kind_whole(tmp_path: Path, into: ExportFormat, item: ItemDocument) -> None:
    assert not carried([item], into)[0].losses
    assert said(back(tmp_path, item, into)) == said(item)


@pytest.mark.parametrize("into", [ExportFormat.GIFT, ExportFormat.MOODLE, ExportFormat.QTI])
@calm
@given(item=every_item)
def test_other_programs_formats_carry_what_they_have_and_list_the_rest(tmp_path: Path, into: ExportFormat, item: ItemDocument) -> None:
    (found,) = carried([item], into)
    if found.text is None:
        assert found.losses and item.kind in {"ordering", "short"}
        return
    assert said(back(tmp_path, item, into)) == said(item)


@pytest.mark.parametrize("into", [ExportFormat.GIFT, ExportFormat.MOODLE, ExportFormat.QTI])
@calm
@given(item=ours())
def test_kinds_that_are_only_ours_are_listed_as_a_whole(into: ExportFormat, item: ItemDocument) -> None:
    (found,) = carried([item], into)
    assert found.text is None and found.losses


@given(items=st.lists(every_item, min_size=2, max_size=5, unique_by=lambda item: item.id))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_items_come_back_in_their_order(tmp_path: Path, items: list[ItemDocument]) -> None:
    for into in ExportFormat:
        along = [found.item.id for found in carried(items, into) if found.text is not None]
        if along:
            assert [draft.slug for draft in read_back(written_to(tmp_path, items, into))] == along
