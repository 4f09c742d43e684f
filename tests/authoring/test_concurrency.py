"""Two people, two tabs, two clicks: what is done at once is done once, and nothing is lost."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from tests.authoring.world import COURSE_TEXT, SITE, Desk, actor
from tests.threads import at_once
from training.authoring import queries, services
from training.authoring.models import Draft, DraftReview, DraftRevision
from training.authoring.rules.reviewing import ReviewSaid, Verdict
from training.authoring.rules.saving import SaveVerdict, Sent
from training.authoring.rules.states import DraftRefusal
from training.content_store.rules.kinds import Kind
from training.db import begin_writing, db
from training.errors import Refusal


def reasons(outcomes: list[object]) -> list[object]:
    assert all(isinstance(outcome, Refusal) for outcome in outcomes if isinstance(outcome, Exception)), outcomes
    return [outcome.reason for outcome in outcomes if isinstance(outcome, Refusal)]


def test_two_who_begin_a_document_at_once_work_on_one_draft(app: Flask, desk: Desk) -> None:
    by, now = actor(desk.ana), desk.later()
    db.session.commit()

    def begin() -> int:
        begin_writing()
        return services.begin(Kind.COURSE, "onboarding", by=by, now=now).id

    assert len(set(at_once(app, begin, 3))) == 1
    assert db.session.scalar(select(func.count(Draft.id))) == 1


def test_two_who_take_one_id_at_once_are_told(app: Flask, desk: Desk) -> None:
    by, now = actor(desk.ana), desk.later()
    db.session.commit()

    def begin() -> int:
        begin_writing()
        return services.begin_new(Kind.COURSE, "more", COURSE_TEXT, by=by, now=now).id

    assert reasons(at_once(app, begin, 3)) == [DraftRefusal.SLUG_TAKEN] * 2


def test_saves_of_several_windows_at_once_are_all_kept(app: Flask, desk: Desk) -> None:
    draft, by, now = desk.begin(), actor(desk.ana), desk.later()
    draft_id, version, text = draft.id, draft.version, "\n".join(str(number) for number in range(20))
    db.session.commit()
    desk.write(draft, text)
    db.session.commit()
    waiting = [(4, "four"), (10, "ten"), (16, "sixteen")]

    def save() -> SaveVerdict:
        number, word = waiting.pop()
        begin_writing()
        changed = "\n".join(word if line == str(number) else line for line in text.split("\n"))
        sent = Sent(f"window-{number}", 1, version + 1, text, changed)
        return services.save(queries.draft_for_change(draft_id), sent, by=by, now=now + timedelta(seconds=number)).verdict

    assert sorted(map(str, at_once(app, save, 3))) == ["merged", "merged", "saved"]
    assert {"four", "ten", "sixteen"} <= set(queries.draft_by_id(draft_id).text.split("\n"))


def test_two_clicks_submit_approve_and_publish_once(app: Flask, desk: Desk) -> None:
    draft = desk.begin()
    desk.write(draft, draft.text.replace("learns first", "learns on day one"))
    draft_id, ana, budi, now = draft.id, actor(desk.ana), actor(desk.budi), desk.later()
    db.session.commit()

    def submit() -> None:
        begin_writing()
        services.submit(queries.draft_for_change(draft_id), words="", by=ana, now=now)

    def approve() -> None:
        begin_writing()
        services.review(queries.draft_for_change(draft_id), ReviewSaid(1, Verdict.APPROVED), by=budi, now=now)

    def publish() -> None:
        begin_writing()
        services.publish(queries.draft_for_change(draft_id), allow_public=True, site_url=SITE, by=ana, now=now)

    assert reasons(at_once(app, submit, 2)) == [DraftRefusal.NOT_IN_THIS_STATE]
    assert reasons(at_once(app, approve, 2)) == [DraftRefusal.REVIEWED_ALREADY]
    assert reasons(at_once(app, publish, 2)) == [DraftRefusal.NOT_IN_THIS_STATE]
    assert [db.session.scalar(select(func.count(model.id))) for model in (DraftRevision, DraftReview)] == [1, 1]
