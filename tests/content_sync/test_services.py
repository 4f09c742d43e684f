from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.content_store.folders import alter, png, write, write_folder
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.cases.models import CaseVersion
from training.content_store.queries import media_by_name, stored_document
from training.content_store.rules.kinds import Kind
from training.content_store.services import Unsound, change
from training.content_sync import services
from training.content_sync.rules import Deed
from training.courses.models import CourseVersion, ModuleVersion
from training.courses.queries import module_by_slug
from training.courses.rules.versions import ModuleRefusal
from training.db import db
from training.errors import NotFound, Refusal
from training.exams.queries import item_by_slug

pytestmark = pytest.mark.usefixtures("app")
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
Sync = Callable[..., services.Proposal]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "content")


@pytest.fixture
def sync(folder: Path) -> Sync:
    """Brings the folder in, as the command does; the proposal that was carried out."""

    def bring_in(*, folder_wins: bool = False) -> services.Proposal:
        proposal = services.propose(folder, folder_wins=folder_wins)
        assert proposal.faults == ()
        services.apply(proposal, allow_public=True, site_url="https://touchstone.example", by=SYSTEM, now=NOW)
        db.session.commit()
        return proposal

    return bring_in


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def deeds(folder: Path, *, folder_wins: bool = False) -> dict[str, Deed]:
    plan = services.propose(folder, folder_wins=folder_wins).plan
    return {step.name.slug: step.deed for step in plan.steps if step.deed is not Deed.SAME}


def test_the_first_time_everything_is_new_and_the_second_time_nothing(folder: Path, sync: Sync) -> None:
    assert set(deeds(folder).values()) == {Deed.CREATE}
    sync()
    counted = [count(model) for model in (ModuleVersion, CourseVersion, CaseVersion, AuditEntry)]
    assert deeds(folder) == {}
    sync()
    assert [count(model) for model in (ModuleVersion, CourseVersion, CaseVersion, AuditEntry)] == counted


def test_documents_are_applied_in_an_order_in_which_each_finds_what_it_names(sync: Sync) -> None:
    kinds = [step.name.kind for step in sync().plan.steps]
    assert kinds == sorted(kinds, key=lambda kind: Kind(kind).position)


def test_a_changed_text_makes_a_new_version(folder: Path, sync: Sync) -> None:
    sync()
    alter(folder, "courses/onboarding.yaml", "title: Onboarding", "title: Welcome")
    assert deeds(folder) == {"onboarding": Deed.UPDATE}
    sync()
    assert count(CourseVersion) == 2


def test_a_comment_is_remembered_without_a_new_version(folder: Path, sync: Sync) -> None:
    sync()
    alter(folder, "courses/onboarding.yaml", "title: Onboarding", "title: Onboarding  # said twice")
    assert deeds(folder) == {"onboarding": Deed.REWRITE}
    sync()
    assert count(CourseVersion) == 1
    stored = stored_document(Kind.COURSE, "onboarding")
    assert stored is not None and "# said twice" in stored.text


def test_a_file_that_moved_is_the_same_document(folder: Path, sync: Sync) -> None:
    sync()
    (folder / "cases/other").mkdir()
    (folder / "cases/pro/case-one.yaml").rename(folder / "cases/other/renamed.yaml")
    assert deeds(folder) == {"case-one": Deed.REWRITE}
    sync()
    assert deeds(folder) == {} and count(CaseVersion) == 2


def test_a_module_that_changed_without_its_version_is_a_fault_that_says_to_raise_it(folder: Path, sync: Sync) -> None:
    sync()
    alter(folder, "policies/goods.md", "No offers of firearms", "No offers of guns")
    (fault,) = services.propose(folder).faults
    assert str(fault).startswith("policies/goods.md:6: version: the text changed, but 1.0.0 is not above 1.0.0, which is published; raise it: ")
    alter(folder, "policies/goods.md", "version: 1.0.0", "version: 1.0.1")
    assert services.propose(folder).faults == ()
    sync()
    assert str(module_by_slug("goods").current_version.version) == "1.0.1"


def test_an_exam_that_changed_without_its_version_is_a_fault_too(folder: Path, sync: Sync) -> None:
    sync()
    alter(folder, "exams/entry-exam.yaml", "time_limit_minutes: 15", "time_limit_minutes: 20")
    assert [str(fault) for fault in services.propose(folder).faults] == [
        "exams/entry-exam.yaml:3: version: the exam changed, but 1.0.0 is published already; raise it"
    ]
    alter(folder, "exams/entry-exam.yaml", "version: 1.0.0", "version: 1.1.0")
    sync()
    assert deeds(folder) == {}


def test_an_item_that_vanished_is_drawn_no_more_until_it_is_back(folder: Path, sync: Sync) -> None:
    sync()
    (folder / "exams/items/pro/item-one.yaml").unlink()
    sync()
    assert item_by_slug("item-one").state == "retired"
    write_folder(folder)
    sync()
    assert item_by_slug("item-one").state == "live"


def test_a_document_that_vanished_stays_in_force_and_is_listed_once(folder: Path, sync: Sync) -> None:
    sync()
    (folder / "queues/listings.yaml").unlink()
    assert deeds(folder) == {"listings": Deed.RETIRE}
    sync()
    assert deeds(folder) == {}
    stored = stored_document(Kind.QUEUE, "listings")
    assert stored is not None and stored.retired_at == NOW
    write_folder(folder)
    assert deeds(folder) == {"listings": Deed.RESTORE}
    sync()
    assert deeds(folder) == {}


def web_change(title: str) -> None:
    stored = stored_document(Kind.COURSE, "onboarding")
    assert stored is not None
    change(Kind.COURSE, "onboarding", stored.text.replace("title: Onboarding", f"title: {title}"), allow_public=True, by=SYSTEM, now=NOW)
    db.session.commit()


def test_a_policy_is_never_changed_past_its_plan(sync: Sync) -> None:
    sync()
    stored = stored_document(Kind.MODULE, "goods")
    assert stored is not None
    with pytest.raises(Refusal) as refused:
        change(Kind.MODULE, "goods", stored.text.replace("1.0.0", "2.0.0", 1), allow_public=True, by=SYSTEM, now=NOW)
    assert refused.value.reason is ModuleRefusal.NEEDS_A_PLAN


def test_what_was_changed_on_the_web_alone_is_kept(folder: Path, sync: Sync) -> None:
    sync()
    web_change("Web")
    assert deeds(folder) == {"onboarding": Deed.KEEP}
    sync()
    stored = stored_document(Kind.COURSE, "onboarding")
    assert stored is not None and "title: Web" in stored.text


def test_what_was_changed_in_both_is_a_conflict_that_only_theirs_resolves(folder: Path, sync: Sync) -> None:
    sync()
    web_change("Web")
    alter(folder, "courses/onboarding.yaml", "title: Onboarding", "title: Folder")
    assert deeds(folder) == {"onboarding": Deed.CONFLICT}
    sync()
    assert deeds(folder) == {"onboarding": Deed.CONFLICT}
    sync(folder_wins=True)
    assert deeds(folder) == {}
    stored = stored_document(Kind.COURSE, "onboarding")
    assert stored is not None and "title: Folder" in stored.text


def test_a_text_from_the_web_must_be_sound_and_keep_its_id(sync: Sync) -> None:
    sync()
    for text in ("id: onboarding\n", "title: [", "id: another\n"):
        with pytest.raises(Unsound) as unsound:
            change(Kind.COURSE, "onboarding", text, allow_public=True, by=SYSTEM, now=NOW)
        assert unsound.value.faults
    with pytest.raises(NotFound):
        change(Kind.COURSE, "unknown", "id: unknown\n", allow_public=True, by=SYSTEM, now=NOW)


def test_a_changed_picture_makes_a_new_version_of_the_case_that_shows_it(folder: Path, sync: Sync) -> None:
    write(folder, "cases/media/gun.png", png(1))
    alter(folder, "cases/pro/case-one.yaml", "  seller:", "  images:\n    - { file: media/gun.png, alt: A black air gun }\n  seller:")
    sync()
    write(folder, "cases/media/gun.png", png(2))
    assert deeds(folder) == {"case-one": Deed.UPDATE}
    sync()
    assert deeds(folder) == {} and count(CaseVersion) == 3 and set(media_by_name()) == {"media/gun.png"}


def test_the_items_of_a_changed_case_follow_it(folder: Path, sync: Sync) -> None:
    sync()
    assert item_by_slug("item-two").current_version.number == 1
    alter(folder, "cases/pro/case-two.yaml", "severity: S4", "severity: S3")
    sync()
    assert item_by_slug("item-two").current_version.number == 2


def test_one_refused_document_keeps_all_of_them_out(folder: Path, sync: Sync) -> None:
    sync()
    alter(folder, "cases/pro/case-one.yaml", "pool: practice", "pool: exam")
    alter(folder, "courses/checks/check-goods.yaml", "[case-one]", "[case-three]")
    write(
        folder,
        "cases/pro/case-three.yaml",
        (folder / "cases/pro/case-one.yaml").read_text().replace("case-one", "case-three").replace("pool: exam", "pool: practice"),
    )
    proposal = services.propose(folder)
    with pytest.raises(services.NotApplied) as refused:
        services.apply(proposal, allow_public=True, site_url="https://touchstone.example", by=SYSTEM, now=NOW)
    db.session.rollback()
    assert [(path, type(refusal)) for path, refusal in refused.value.refusals] == [("cases/pro/case-one.yaml", Refusal)]
    assert stored_document(Kind.CASE, "case-three") is None


# Export


def exported(to: Path, *, is_overwriting: bool = False) -> list[str]:
    return services.export(to, is_overwriting=is_overwriting)


def test_what_is_exported_is_what_was_brought_in(folder: Path, sync: Sync, tmp_path: Path) -> None:
    write(folder, "cases/media/gun.png", png(1))
    alter(folder, "cases/pro/case-one.yaml", "  seller:", "  images:\n    - { file: media/gun.png, alt: A black air gun }\n  seller:")
    sync()
    written = exported(tmp_path / "out")
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert sorted(written) == files
    assert all((folder / path).read_bytes() == (tmp_path / "out" / path).read_bytes() for path in files)
    assert deeds(tmp_path / "out") == {}
    assert exported(tmp_path / "out") == []


def test_what_was_changed_on_the_web_is_exported_into_the_folder_and_then_agreed(folder: Path, sync: Sync) -> None:
    sync()
    web_change("Web")
    assert exported(folder) == ["courses/onboarding.yaml"]
    assert deeds(folder) == {"onboarding": Deed.AGREE}
    assert services.propose(folder).plan.is_empty
    sync()
    assert deeds(folder) == {}


def test_an_export_does_not_write_over_what_was_never_brought_in(folder: Path, sync: Sync) -> None:
    sync()
    alter(folder, "courses/onboarding.yaml", "title: Onboarding", "title: Folder")
    write(folder, "queues/listings.yaml", "this: [is broken")
    with pytest.raises(services.NotExported) as refused:
        exported(folder)
    assert sorted(refused.value.paths) == ["courses/onboarding.yaml", "queues/listings.yaml"]
    assert sorted(exported(folder, is_overwriting=True)) == ["courses/onboarding.yaml", "queues/listings.yaml"]
    assert deeds(folder) == {}


def test_a_retired_document_is_not_exported(folder: Path, sync: Sync, tmp_path: Path) -> None:
    sync()
    (folder / "queues/listings.yaml").unlink()
    sync()
    assert "queues/listings.yaml" not in exported(tmp_path / "out")


def test_saying_what_was_corrected_is_no_change_itself_and_lets_a_change_continue_what_was(folder: Path, sync: Sync) -> None:
    sync()
    item, path = item_by_slug("item-one"), "exams/items/pro/item-one.yaml"
    assert item is not None
    first = item.current_version_id
    write(folder, path, (folder / path).read_text(encoding="utf-8") + "editorial: A comma in the stem\n")
    assert deeds(folder) == {"item-one": Deed.REWRITE}
    alter(folder, path, "A listing offers", "One listing offers")
    assert deeds(folder) == {"item-one": Deed.UPDATE}
    sync()
    assert item.current_version is not None
    assert (item.current_version.continues_id, item.current_version.editorial) == (first, "A comma in the stem")
    alter(folder, path, "One listing offers", "Some listing offers")
    with pytest.raises(services.NotApplied) as refused:
        sync()
    db.session.rollback()
    assert [(place, refusal.reason.value) for place, refusal in refused.value.refusals] == [(path, "item_correction_said_before")]
