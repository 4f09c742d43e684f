"""The content that is shipped with the source, brought in and written back."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from training.actors import SYSTEM
from training.cases.rules import Action, EscalationTarget
from training.content_store.rules.kinds import Kind
from training.content_sync import services
from training.content_sync.rules import Deed
from training.courses.queries import current_modules
from training.db import db

CONTENT = Path(__file__).parents[2] / "content"
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("app")


def bring_in(folder: Path) -> services.Proposal:
    proposal = services.propose(folder)
    assert [str(fault) for fault in proposal.faults] == []
    services.apply(proposal, allow_public=True, site_url="https://touchstone.example", by=SYSTEM, now=NOW)
    db.session.commit()
    return proposal


@pytest.mark.long
def test_it_is_sound_and_comes_in_once_and_goes_out_as_it_came(tmp_path: Path) -> None:
    first = bring_in(CONTENT)
    assert {step.deed for step in first.plan.steps} == {Deed.CREATE}
    assert {step.name.kind for step in first.plan.steps} == set(Kind)
    assert bring_in(CONTENT).plan.is_empty
    written = services.export(tmp_path)
    assert len(written) == len(first.plan.steps) + len(first.folder.media)
    assert all((tmp_path / path).read_bytes() == (CONTENT / path).read_bytes() for path in written)
    again = services.propose(tmp_path)
    assert (again.faults, {step.deed for step in again.plan.steps}) == ((), {Deed.SAME})
    assert [module.section_count > 0 for module in current_modules()] == [True] * 4


def texts_for_people(path: Path) -> str:
    """What somebody reads of a document: a whole policy, what stands in an item, why a case is decided as it is."""
    if path.suffix == ".md":
        return path.read_text("utf-8")
    document: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    spoken = [document.get("stem"), document.get("rationale"), document.get("reference", {}).get("rationale")]
    return "\n".join([str(text) for text in spoken if text] + [str(option) for option in document.get("options", [])])


def test_people_read_the_names_of_actions_and_teams_and_never_their_codes() -> None:
    codes = {*Action, *EscalationTarget} - {EscalationTarget.IP, EscalationTarget.PR}
    code = re.compile(rf"\b({'|'.join(codes)})\b")
    files = [path for folder in ("policies", "cases", "exams/items") for path in (CONTENT / folder).rglob("*") if path.suffix in {".md", ".yaml"}]
    assert len(files) > 200
    assert {path.name: found for path in files if (found := code.findall(texts_for_people(path)))} == {}
