"""A module's next version: one review, which is the approval of exactly its plan."""

from tests.accounts.factories import PersonFactory
from tests.authoring.world import MODULE, Desk, actor, refused
from tests.content_store.folders import alter
from training.authoring import services
from training.authoring.models import Draft
from training.authoring.rules.states import DraftRefusal, DraftState
from training.content_store.rules.kinds import Kind
from training.courses import services as courses
from training.courses.queries import module_by_slug
from training.db import db
from training.policy_changes.queries import change_of, reviews
from training.policy_changes.rules.proposals import ProposalState

CHANGES = "version: 1.1.0\nchanges:\n  since: 1.0.0\n  clauses:\n    PRO-01.a: changed"
NEXT = MODULE.replace("version: 1.0.0", CHANGES).replace("No offers of firearms.", "No offers of firearms or air guns.")


def in_review(desk: Desk, text: str = NEXT) -> Draft:
    draft = desk.begin(Kind.MODULE, "goods")
    desk.write(draft, text)
    desk.submit(draft)
    return draft


def test_the_last_review_approves_the_plan_and_it_is_published_with_what_it_asks(desk: Desk) -> None:
    reader = PersonFactory()
    courses.acknowledge(reader.id, module_by_slug("goods").current_version, by=actor(reader), now=desk.at)
    draft = in_review(desk)
    assert reviews() == [], "nothing waits anywhere but at the desk"
    desk.review(draft, by=desk.budi)
    assert reviews() == []
    desk.review(draft, by=desk.citra)
    (plan,) = reviews()
    assert (plan.state, plan.proposal.author_id, plan.approval.approved_by_id) == (ProposalState.APPROVED, desk.ana.id, desk.citra.id)
    desk.publish(draft)
    assert str(module_by_slug("goods").current_version.version) == "1.1.0"
    published = change_of("goods", "1.1.0")
    assert published.author_id == desk.ana.id and "air guns" in published.change.clauses[0].after


def test_a_plan_that_became_another_is_not_published_by_the_approval_of_the_first(desk: Desk) -> None:
    draft = in_review(desk)
    for person in (desk.budi, desk.citra):
        desk.review(draft, by=person)
    alter(desk.root, "policies/goods.md", "version: 1.0.0", "version: 1.0.1")
    alter(desk.root, "policies/goods.md", "Says what may", "Says exactly what may")
    desk.bring_in()
    with refused(DraftRefusal.BASE_IS_STALE):
        desk.publish(draft)
    services.bring_up_to_date(draft, by=actor(desk.ana), now=desk.later())
    assert draft.state == DraftState.DRAFT
    with refused(DraftRefusal.HOLDS_CONFLICTS):
        desk.submit(draft)


def test_a_version_without_its_marks_or_not_raised_is_not_submitted(desk: Desk) -> None:
    for text in (NEXT.replace("    PRO-01.a: changed", "    {}").replace("  clauses:\n", ""), NEXT.replace(CHANGES, "version: 1.0.0")):
        draft = desk.begin(Kind.MODULE, "goods")
        desk.write(draft, text)
        db.session.commit()
        with refused(DraftRefusal.HAS_FAULTS):
            desk.submit(draft)


def test_a_correction_asks_nothing_and_waits_for_no_plan(desk: Desk) -> None:
    draft = in_review(desk, MODULE.replace("1.0.0", "1.0.1").replace("What this module is for.", "What this module is made for."))
    for person in (desk.budi, desk.citra):
        desk.review(draft, by=person)
    desk.publish(draft)
    assert reviews() == [] and str(module_by_slug("goods").current_version.version) == "1.0.1"
