"""Drafts from their first word to what runs: who may do what with them, and what two people do to one."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.authoring.world import COURSE_TEXT, MODULE, NOW, PRACTICE_CASE, Desk, actor, refused
from tests.content_store.folders import alter
from training.audit.models import AuditEntry
from training.authoring import queries, services
from training.authoring.models import Draft, DraftContributor, DraftRevision
from training.authoring.rules.reviewing import Verdict
from training.authoring.rules.saving import SaveVerdict
from training.authoring.rules.states import DraftRefusal, DraftState
from training.content_store.queries import stored_document
from training.content_store.rules.kinds import Kind
from training.content_sync import services as sync
from training.content_sync.rules import Deed
from training.courses.queries import course_by_slug
from training.db import db
from training.errors import NotFound


def changed(draft: Draft) -> str:
    return draft.text.replace("What everybody learns first.", "What everybody learns on the first day.")


def test_a_draft_goes_from_its_author_by_a_colleague_to_what_runs(desk: Desk) -> None:
    draft = desk.begin()
    assert desk.write(draft, changed(draft)).verdict is SaveVerdict.SAVED
    desk.submit(draft)
    desk.review(draft, Verdict.CHANGES_ASKED, words="Say which day.")
    assert draft.state == DraftState.CHANGES_ASKED
    desk.write(draft, draft.text.replace("on the first day", "on day one"))
    assert desk.submit(draft) == 2
    desk.review(draft)
    desk.publish(draft)
    assert draft.state == DraftState.PUBLISHED and draft.closed_at is not None
    assert course_by_slug("onboarding").current_version.document["summary"] == "What everybody learns on day one."
    assert [step.path for step in sync.propose(desk.root).plan.of(Deed.KEEP)] == ["courses/onboarding.yaml"], "the folder is behind and overwrites nothing"
    deeds = set(db.session.scalars(select(AuditEntry.deed).where(AuditEntry.subject_kind == "draft", AuditEntry.subject_id == str(draft.id))))
    assert deeds == {f"draft.{deed}" for deed in ("begun", "joined", "submitted", "reviewed", "published")}


def test_a_new_document_of_any_kind_is_published_and_the_folder_can_have_it(desk: Desk, tmp_path: Path) -> None:
    draft = services.begin_new(Kind.COURSE, "more", COURSE_TEXT, by=actor(desk.ana), now=NOW)
    desk.submit(draft)
    desk.review(draft)
    desk.publish(draft)
    db.session.commit()
    stored = stored_document(Kind.COURSE, "more")
    assert stored is not None and (stored.path, stored.synced_hash) == ("courses/more.yaml", None)
    assert "courses/more.yaml" in sync.export(tmp_path / "exported")


def test_an_id_that_something_has_is_refused(desk: Desk) -> None:
    for _ in range(2):
        with refused(DraftRefusal.SLUG_TAKEN):
            services.begin_new(Kind.COURSE, "onboarding", COURSE_TEXT, by=actor(desk.ana), now=NOW)
    services.begin_new(Kind.COURSE, "more", COURSE_TEXT, by=actor(desk.ana), now=NOW)
    with refused(DraftRefusal.SLUG_TAKEN):
        services.begin_new(Kind.COURSE, "more", COURSE_TEXT, by=actor(desk.budi), now=NOW)
    with refused(DraftRefusal.NO_SUCH_PLACE):
        services.begin_new(Kind.TAXONOMY, "taxonomy", "", by=actor(desk.ana), now=NOW)
    with pytest.raises(NotFound):
        services.begin(Kind.COURSE, "no-such-course", by=actor(desk.ana), now=NOW)


def test_a_document_has_one_open_draft_which_colleagues_write_together(desk: Desk) -> None:
    draft = desk.begin()
    assert desk.begin(by=desk.budi).id == draft.id
    desk.write(draft, changed(draft))
    desk.write(draft, draft.text.replace("Onboarding", "First days"), by=desk.budi)
    assert queries.contributors_of(draft.id) == {desk.ana.id, desk.budi.id}
    second = Draft(kind="course", slug="onboarding", path="x", title="x", text="x", state="draft", is_exam_material=False, author_id=desk.ana.id)
    second.created_at = second.saved_at = NOW
    second.saved_by_id = desk.ana.id
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(second)


def test_nobody_who_wrote_at_a_draft_approves_it_nor_anybody_twice(desk: Desk) -> None:
    draft = desk.begin()
    desk.write(draft, changed(draft))
    desk.write(draft, draft.text + "\n# Budi was here\n", by=desk.budi)
    desk.submit(draft, by=desk.budi)
    for person in (desk.ana, desk.budi):
        with refused(DraftRefusal.OWN_DRAFT):
            desk.review(draft, by=person)
    desk.review(draft, by=desk.citra)
    with refused(DraftRefusal.REVIEWED_ALREADY):
        desk.review(draft, by=desk.citra)
    with refused(DraftRefusal.REVIEWED_ALREADY):
        desk.review(draft, Verdict.CHANGES_ASKED, by=desk.citra, words="Wait.")


def test_an_approval_is_gone_once_the_text_is_written_again(desk: Desk) -> None:
    draft = desk.begin()
    desk.write(draft, changed(draft))
    desk.submit(draft)
    desk.review(draft)
    assert desk.write(draft, "anything").verdict is SaveVerdict.CLOSED, "an approved text is not written over by chance"
    services.take_back(draft, by=actor(desk.ana), now=desk.later())
    with refused(DraftRefusal.NOT_IN_THIS_STATE):
        desk.publish(draft)
    desk.write(draft, draft.text + "\n# More\n")
    desk.submit(draft)
    with refused(DraftRefusal.NOT_IN_THIS_STATE):
        desk.publish(draft)
    with refused(DraftRefusal.REVISION_IS_OLD):
        desk.review(draft, number=1)


def test_what_the_most_severe_harm_is_decided_by_needs_two(desk: Desk) -> None:
    draft = desk.begin(Kind.CASE, "case-one")
    desk.write(draft, PRACTICE_CASE.replace("Shoots metal balls through a can.", "Shoots metal balls through a steel can."))
    desk.submit(draft)
    desk.review(draft, by=desk.budi)
    assert draft.state == DraftState.IN_REVIEW
    with refused(DraftRefusal.REVIEWED_ALREADY):
        desk.review(draft, by=desk.budi)
    desk.review(draft, by=desk.citra)
    assert draft.state == DraftState.APPROVED


def test_changes_are_asked_for_in_words(desk: Desk) -> None:
    draft = desk.begin()
    desk.write(draft, changed(draft))
    desk.submit(draft)
    with refused(DraftRefusal.WORDS_MISSING):
        desk.review(draft, Verdict.CHANGES_ASKED, words="  ")


def test_only_a_sound_text_that_says_something_new_is_submitted(desk: Desk) -> None:
    draft = desk.begin()
    with refused(DraftRefusal.CHANGES_NOTHING):
        desk.submit(draft)
    desk.write(draft, draft.text.replace("[goods]", "[no-such-module]"))
    with refused(DraftRefusal.HAS_FAULTS):
        desk.submit(draft)
    (fault,) = services.check_draft(draft).here
    assert (fault.field, fault.line) == ("modules.0", 5)
    desk.write(draft, draft.text.replace("no-such-module", "goods").replace("id: onboarding", "id: other"))
    with refused(DraftRefusal.HAS_FAULTS):
        desk.submit(draft)


def test_what_becomes_wrong_elsewhere_is_found_before_it_is_submitted(desk: Desk) -> None:
    draft = desk.begin(Kind.MODULE, "goods")
    desk.write(draft, MODULE.replace("1.0.0", "1.0.1").replace("PRO-01.a", "PRO-01.b"))
    assert services.check_draft(draft).faults == ()
    elsewhere = services.check_draft(draft, is_thorough=True).elsewhere
    assert {fault.path for fault in elsewhere} == {"cases/pro/case-one.yaml", "cases/pro/case-two.yaml", "exams/items/pro/item-one.yaml"}
    with refused(DraftRefusal.HAS_FAULTS):
        desk.submit(draft)


def test_a_draft_whose_document_was_changed_meanwhile_is_brought_together_with_it_first(desk: Desk) -> None:
    draft = desk.begin()
    desk.write(draft, changed(draft))
    desk.submit(draft)
    desk.review(draft)
    alter(desk.root, "courses/onboarding.yaml", "expected_minutes: 30", "expected_minutes: 45")
    desk.bring_in()
    with refused(DraftRefusal.BASE_IS_STALE):
        desk.publish(draft)
    assert services.bring_up_to_date(draft, by=actor(desk.ana), now=desk.later()) == 0
    assert draft.state == DraftState.DRAFT, "what was approved was another text"
    assert "on the first day" in draft.text and "expected_minutes: 45" in draft.text
    desk.submit(draft)
    desk.review(draft)
    desk.publish(draft)


def test_lines_that_both_changed_are_decided_by_a_person(desk: Desk) -> None:
    draft = desk.begin()
    desk.write(draft, changed(draft))
    alter(desk.root, "courses/onboarding.yaml", "learns first", "learns second")
    desk.bring_in()
    with refused(DraftRefusal.BASE_IS_STALE):
        desk.submit(draft)
    assert services.bring_up_to_date(draft, by=actor(desk.ana), now=desk.later()) == 1
    with refused(DraftRefusal.HOLDS_CONFLICTS):
        desk.submit(draft)


def test_two_who_save_at_once_lose_nothing(desk: Desk) -> None:
    draft = desk.begin()
    seen, version = draft.text, draft.version
    desk.write(draft, changed(draft))
    found = desk.write(draft, seen.replace("expected_minutes: 30", "expected_minutes: 31"), by=desk.budi, version=version, seen=seen)
    assert found.verdict is SaveVerdict.MERGED and "on the first day" in found.text and "expected_minutes: 31" in found.text
    again = desk.write(draft, seen.replace("learns first", "hears first"), by=desk.citra, version=version, seen=seen)
    assert again.verdict is SaveVerdict.CONFLICT and "<<<<<<< yours" in again.text
    assert "<<<<<<<" not in draft.text and desk.citra.id not in queries.contributors_of(draft.id)


def test_only_who_wrote_at_a_draft_discards_it_and_another_may_follow(desk: Desk) -> None:
    draft = desk.begin()
    with refused(DraftRefusal.NOT_YOURS):
        services.discard(draft, by=actor(desk.budi), now=NOW)
    services.discard(draft, by=actor(desk.ana), now=NOW)
    with refused(DraftRefusal.NOT_IN_THIS_STATE):
        services.discard(draft, by=actor(desk.ana), now=NOW)
    assert desk.begin().id != draft.id


def test_what_was_submitted_and_said_stays(desk: Desk) -> None:
    draft = desk.begin()
    desk.write(draft, changed(draft))
    desk.submit(draft)
    desk.review(draft)
    db.session.commit()
    for model in (DraftRevision, DraftContributor):
        row = db.session.scalars(select(model)).first()
        db.session.delete(row)
        with pytest.raises(DBAPIError):
            db.session.flush()
        db.session.rollback()


def test_what_is_said_of_a_line_stays_with_the_line(desk: Desk) -> None:
    draft = desk.begin()
    said = services.comment(draft, line=3, words="Which day?", by=actor(desk.budi), now=NOW)
    services.answer(draft, said.id, words="The first.", by=actor(desk.ana), now=NOW)
    desk.write(draft, "# A line before\n" + draft.text)
    (thread,) = queries.threads_of(draft.id, draft.text)
    assert (thread.line, [one.words for one in thread.answers], thread.is_settled) == (4, ["The first."], False)
    for _ in range(2):
        services.settle(draft, said.id, by=actor(desk.ana), now=NOW)
    assert queries.threads_of(draft.id, draft.text)[0].is_settled
    with refused(DraftRefusal.LINE_IS_GONE):
        services.comment(draft, line=400, words="Which?", by=actor(desk.budi), now=NOW)
    with pytest.raises(NotFound):
        services.settle(desk.begin(Kind.CHECK, "check-goods"), said.id, by=actor(desk.ana), now=NOW)
