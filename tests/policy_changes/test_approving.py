"""A plan that asks something of people waits for somebody other than its author, by the shell and on the page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from tests.accounts.factories import PersonFactory
from tests.certification.factories import award
from tests.conftest import Browser
from tests.content_store.folders import alter, write_folder
from tests.threads import at_once
from training import clock
from training.accounts.models import Person
from training.actors import SYSTEM, Actor, ActorKind
from training.certification.queries import certification_by_slug, open_deltas
from training.content_sync import services as sync
from training.courses import services as courses
from training.courses.queries import module_by_slug
from training.db import begin_writing, db
from training.errors import Refusal
from training.outbox.models import OutboxMail
from training.policy_changes import queries, services
from training.policy_changes.models import PolicyApproval, PolicyProposal, PublishedChange
from training.policy_changes.rules.proposals import ApprovalRefusal, PlannedStep, ProposalState, digest_of, state_of

Run = Callable[..., Result]
Signing = Callable[[Browser, Person], Browser]
MARKS = "changes: { since: 1.0.0, clauses: { PRO-01.a: changed } }"


@pytest.fixture
def folder(tmp_path: Path, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is published, of which a policy then changed, and somebody who works by it."""
    root = write_folder(tmp_path / "content")
    monkeypatch.setitem(app.config, "CONTENT_DIR", root)
    alter(root, "certifications/moderator.yaml", "  courses: [onboarding]\n", "  courses: []\n")
    assert app.test_cli_runner().invoke(args=["content", "apply"]).exit_code == 0, "a fresh database needs nobody's approval"
    alter(root, "policies/goods.md", "No offers of firearms.", "No offers of firearms or air guns.")
    alter(root, "policies/goods.md", "version: 1.0.0\n", f"version: 1.1.0\n{MARKS}\n")
    return root


@pytest.fixture
def run(app: Flask) -> Run:
    """Runs `flask content …`."""
    return lambda *words: app.test_cli_runner().invoke(args=["content", *words])


@pytest.fixture
def author() -> Person:
    return PersonFactory(roles=["trainer"], name="Wira the author")


def worker() -> Person:
    """Somebody who holds the certificate."""
    person = PersonFactory(name="Agus who works by it")
    courses.acknowledge(person.id, module_by_slug("goods").current_version, by=SYSTEM, now=clock.now())
    award(person.id, certification_by_slug("moderator"), now=clock.now())
    return person


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def approver() -> Actor:
    return Actor(ActorKind.PERSON, PersonFactory(roles=["trainer"]).id)


def test_the_plan_says_who_must_learn_what_and_what_it_touches(folder: Path, run: Run) -> None:
    worker()
    said = run("plan").output
    assert "goods 1.0.0 to 1.1.0 (minor): 1 changed clause." in said
    assert "  1 person to read what changed by " in said
    assert "  1 case cites" not in said and "  2 cases cite what changed, 1 of them held until somebody looks." in said
    assert "  2 items cite it, 2 of them held." in said and "  queues: listings\n" in said and "  courses: Onboarding\n" in said
    assert count(PolicyProposal) == 0


def test_nothing_is_published_before_a_second_person_approved(folder: Path, run: Run, author: Person) -> None:
    person = worker()
    refused = run("apply")
    assert refused.exit_code == 1 and "Say who wrote it" in refused.output
    assert "Nobody has the address nobody@example.org" in run("apply", "--author", "nobody@example.org").output
    assert count(PolicyProposal) == 0
    waiting = run("apply", "--author", author.email)
    assert waiting.exit_code == 1 and "/policy-changes/plans/" in waiting.output
    assert str(module_by_slug("goods").current_version.version) == "1.0.0"
    for _ in range(2):
        assert run("apply", "--author", author.email).exit_code == 1
    assert count(PolicyProposal) == 1
    (proposal,) = db.session.scalars(select(PolicyProposal))
    services.approve(queries.review(proposal.id), by=approver(), now=clock.now())
    db.session.commit()
    assert run("apply").output.endswith("Applied.\n")
    assert str(module_by_slug("goods").current_version.version) == "1.1.0"
    assert count(PublishedChange) == 1 and len(open_deltas(person.id)) == 1
    assert queries.review(proposal.id).state is ProposalState.PUBLISHED
    assert run("plan").output == "No change: 11 documents are as they run.\n"


def test_an_approval_counts_for_the_plan_that_was_seen_and_for_no_other(folder: Path, run: Run, author: Person) -> None:
    run("apply", "--author", author.email)
    (proposal,) = db.session.scalars(select(PolicyProposal))
    services.approve(queries.review(proposal.id), by=approver(), now=clock.now())
    db.session.commit()
    alter(folder, "queues/listings.yaml", "title: Listings", "title: All listings")
    assert run("apply").exit_code == 1, "something else in it changed"
    alter(folder, "queues/listings.yaml", "title: All listings", "title: Listings")
    alter(folder, "policies/goods.md", "PRO-01.a: changed", "PRO-01.a: clarified")
    assert run("apply").exit_code == 1, "a mark changed"
    alter(folder, "policies/goods.md", "PRO-01.a: clarified", "PRO-01.a: changed")
    assert run("apply").exit_code == 0


def test_nobody_approves_their_own_change_nor_twice(folder: Path, run: Run, author: Person) -> None:
    run("apply", "--author", author.email)
    (proposal,) = db.session.scalars(select(PolicyProposal))
    for by in (Actor(ActorKind.PERSON, author.id), SYSTEM):
        with pytest.raises(Refusal) as refused:
            services.approve(queries.review(proposal.id), by=by, now=clock.now())
        assert refused.value.reason is ApprovalRefusal.OWN_CHANGE
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(PolicyApproval(proposal_id=proposal.id, author_id=author.id, approved_by_id=author.id, approved_at=clock.now()))
        db.session.flush()
    services.approve(queries.review(proposal.id), by=approver(), now=clock.now())
    with pytest.raises(Refusal) as refused:
        services.approve(queries.review(proposal.id), by=approver(), now=clock.now())
    assert refused.value.reason is ApprovalRefusal.APPROVED_ALREADY


def test_of_two_who_approve_at_once_the_second_hears_that_it_is_approved(folder: Path, run: Run, author: Person, app: Flask) -> None:
    run("apply", "--author", author.email)
    proposal_id = db.session.scalar(select(PolicyProposal.id)) or 0
    trainers = [approver(), approver()]
    db.session.commit()

    def deed() -> int:
        begin_writing()
        return services.approve(queries.review(proposal_id), by=trainers.pop(), now=clock.now()).proposal_id

    outcomes = at_once(app, deed, 2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refusal", "int"]
    assert count(PolicyApproval) == 1


def test_a_plan_that_another_version_overtook_is_not_approved(folder: Path, run: Run, author: Person) -> None:
    run("apply", "--author", author.email)
    (proposal,) = db.session.scalars(select(PolicyProposal))
    alter(folder, "policies/goods.md", "No offers of firearms or air guns.", "No offers of firearms.")
    alter(folder, "policies/goods.md", f"version: 1.1.0\n{MARKS}\n", "version: 1.0.1\n")
    alter(folder, "policies/goods.md", "What this module is for.", "What this module is made for.")
    assert run("apply").exit_code == 0, "a patch needs nobody's approval"
    with pytest.raises(Refusal) as refused:
        services.approve(queries.review(proposal.id), by=approver(), now=clock.now())
    assert refused.value.reason is ApprovalRefusal.OVERTAKEN


def test_the_service_itself_refuses_what_nobody_approved(folder: Path) -> None:
    with pytest.raises(sync.NotApproved):
        sync.apply(sync.propose(folder), allow_public=True, site_url="https://touchstone.example", by=SYSTEM, now=clock.now())


def laid(run: Run, author: Person) -> str:
    run("apply", "--author", author.email)
    return f"/policy-changes/plans/{db.session.scalar(select(func.max(PolicyProposal.id)))}"


def test_a_second_person_reads_the_plan_and_approves_it_on_the_page(folder: Path, run: Run, author: Person, browser: Browser, sign_in: Signing) -> None:
    worker()
    second = PersonFactory(roles=["trainer"])
    address = laid(run, author)
    mails = {mail.recipient: mail.body for mail in db.session.scalars(select(OutboxMail))}
    assert set(mails) == {second.email} and address in mails[second.email]
    page = sign_in(browser, second)
    shown = page.get(address).get_data(as_text=True)
    assert "<ins> or air guns</ins>" in shown and "Wira the author" in shown and "Approve this plan" in shown and "Listings" in shown
    assert "Agus who works by it" in page.get(f"{address}/people").get_data(as_text=True)
    assert "case-one" in page.get(f"{address}/citing").get_data(as_text=True)
    assert "Nothing here" in page.get(f"{address}/certificates").get_data(as_text=True)
    assert "It is published by" in page.post(f"{address}/approve", follow_redirects=True).get_data(as_text=True)
    assert page.post(f"{address}/approve").status_code == 409, "a second click finds it approved"
    run("apply")
    index = page.get("/policy-changes/").get_data(as_text=True)
    assert "0 of 1 know it" in index and "/policy-changes/published/goods/1.1.0" in index
    missing = page.get("/policy-changes/published/goods/1.1.0").get_data(as_text=True)
    assert "Agus who works by it" in missing and "Everybody knows it" in page.get("/policy-changes/published/goods/1.1.0?of=team").get_data(as_text=True)


def test_the_author_and_those_it_is_not_for_cannot_approve(folder: Path, run: Run, author: Person, app: Flask, sign_in: Signing) -> None:
    address = laid(run, author)
    own = sign_in(app.test_client(), author)
    assert "somebody else approves it" in own.get(address).get_data(as_text=True)
    assert own.post(f"{address}/approve").status_code == 409
    lead = sign_in(app.test_client(), PersonFactory(roles=["lead"]))
    assert lead.get(address).status_code == 200 and "A trainer or an administrator" in lead.get(address).get_data(as_text=True)
    assert lead.post(f"{address}/approve").status_code == 403
    assert sign_in(app.test_client(), PersonFactory()).get(address).status_code == 403
    assert [own.get(f"/policy-changes/plans/{rest}").status_code for rest in ("0", "0/people", f"{address.rpartition('/')[2]}/everything")] == [404] * 3
    assert own.get("/policy-changes/published/goods/9.9.9").status_code == 404
    assert count(PolicyApproval) == 0


def test_a_digest_says_all_that_a_plan_does() -> None:
    steps = [PlannedStep("module", "goods", "update", "a"), PlannedStep("queue", "listings", "keep", "b")]
    assert digest_of(steps, []) == digest_of(reversed(steps), [])
    others = [digest_of(steps[:1], []), digest_of(steps, [1]), digest_of([steps[0], PlannedStep("queue", "listings", "update", "b")], [])]
    assert len({digest_of(steps, []), *others}) == 4


@pytest.mark.parametrize(
    ("is_approved", "published", "state"),
    [
        (False, ["1.0.0"], ProposalState.WAITING),
        (True, ["1.0.0"], ProposalState.APPROVED),
        (True, ["1.1.0"], ProposalState.PUBLISHED),
        (False, ["1.1.0"], ProposalState.OVERTAKEN),
        (True, ["1.0.1"], ProposalState.OVERTAKEN),
        (True, [None], ProposalState.OVERTAKEN),
    ],
)
def test_where_a_plan_stands_follows_from_what_is_published(is_approved: bool, published: list[str | None], state: ProposalState) -> None:
    assert state_of(is_approved=is_approved, published=published, olds=["1.0.0"], news=["1.1.0"]) is state
