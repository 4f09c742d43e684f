"""Live quality as people find it: themselves, their lead, whoever decides, and nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.cases.factories import TaxonomyLabelFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import Browser
from tests.quality.factories import DECIDED, audit
from tests.queues.factories import QueueFactory
from training import clock
from training.accounts.models import Person, Team
from training.accounts.rules import Role
from training.actors import Actor, ActorKind
from training.certification import queries as certification
from training.certification.queries import PublishedCertification
from training.certification.rules import EventKind, State
from training.certification.services import enter
from training.quality import queries

Signing = Callable[[Browser, Person], Browser]
AsRole = Callable[..., Browser]
REASON = "We looked at twenty of them together."


@pytest.fixture
def held(app: object) -> PublishedCertification:
    found = CertificationFactory(id="claims-reviewer", title="Reviewer of claims", validity_days=365)
    QueueFactory(id="claims", title="Listing claims", requires={"all_of": [found.slug]})
    return found


@pytest.fixture
def team(app: object) -> Team:
    return TeamFactory(name="Listings")


@pytest.fixture
def person(held: PublishedCertification, team: Team) -> Person:
    found = PersonFactory(name="Sri Wahyuni", team=team)
    award(found.id, held, now=DECIDED - timedelta(days=30))
    return found


@pytest.fixture
def lead(team: Team) -> Person:
    return PersonFactory(name="I Made Suryadi", roles=[Role.LEAD], team=team)


def proposed(person: Person, held: PublishedCertification) -> int:
    audit(person, held, [False, True] * 10, note="The claim is absolute.")
    return queries.open_proposals([person.id])[0].id


def test_a_person_sees_their_audits_and_takes_them_away(browser: Browser, sign_in: Signing, person: Person, held: PublishedCertification) -> None:
    mine = sign_in(browser, person)
    assert "No audits yet" in mine.get("/quality/mine").text
    audit(person, held, [True] * 36 + [False] * 4, note="The claim is absolute.")
    audit(PersonFactory(), held, [False] * 3, note="Of somebody else.")
    page = mine.get("/quality/mine").text
    assert all(words in page for words in ("Reviewer of claims", "Listing claims", "Let a violation through", "The claim is absolute.", "10 %"))
    assert "Of somebody else." not in page
    rows = mine.get("/quality/mine/audits.csv").text.splitlines()
    assert len(rows) == 41
    assert "Remove" in rows[1] and "Let a violation through" in rows[1]
    assert mine.get("/quality/mine/audits.xlsx").status_code == 200
    assert mine.get("/quality/mine/audits.pdf").status_code == 404


def test_audits_come_fifty_a_page(browser: Browser, sign_in: Signing, person: Person, held: PublishedCertification) -> None:
    audit(person, held, [True] * 60)
    mine = sign_in(browser, person)
    first = mine.get("/quality/mine").text
    assert first.count("<time") == 50 + 1  # and since when it counts
    link = first.split('rel="next" href="')[1].split('"')[0]
    assert mine.get(link).text.count("<time") == 10 + 1


def test_labels_are_told_in_words_beside_their_codes(browser: Browser, sign_in: Signing, person: Person, held: PublishedCertification) -> None:
    TaxonomyLabelFactory(code="CLM-01", title="Disease cure or prevention")
    audit(person, held, [True], expected_labels=["CLM-01"], given_labels=["CLM-01"])
    page = sign_in(browser, person).get("/quality/mine").text
    assert page.count("CLM-01 Disease cure or prevention") == 2


def test_whoever_errs_most_surely_stands_on_top_and_whoever_was_never_audited_last(
    browser: Browser, sign_in: Signing, person: Person, lead: Person, team: Team, held: PublishedCertification
) -> None:
    unknown, good = PersonFactory(name="Ade Unknown", team=team), PersonFactory(name="Budi Good", team=team)
    for each in (unknown, good):
        award(each.id, held, now=DECIDED - timedelta(days=30))
    audit(good, held, [True] * 30)
    audit(person, held, [True] * 10 + [False] * 3)
    lines = sign_in(browser, lead).get("/quality/team.csv").text.splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["Sri Wahyuni", "Budi Good", "Ade Unknown"]


def test_a_lead_sees_their_own_team_and_no_other(
    browser: Browser, sign_in: Signing, as_role: AsRole, person: Person, lead: Person, held: PublishedCertification
) -> None:
    number, other = proposed(person, held), PersonFactory(name="Of another team", team=TeamFactory(name="Other"))
    award(other.id, held, now=DECIDED)
    page = sign_in(browser, lead).get("/quality/").text
    assert all(words in page for words in ("Proposals that wait", "Sri Wahyuni", "Too many errors", "Listings"))
    assert "Of another team" not in page
    assert browser.get(f"/quality/proposals/{number}").status_code == 200
    assert browser.get(f"/quality/people/{other.public_id}").status_code == 404
    assert browser.get("/quality/?team=0").status_code == 200
    stranger = as_role(Role.LEAD)
    for path in (f"proposals/{number}", f"people/{person.public_id}", f"proposals/{number}/audits.csv", f"people/{person.public_id}/audits.csv"):
        assert stranger.get(f"/quality/{path}").status_code == 404
    assert "You lead no team yet" in stranger.get("/quality/").text


def test_the_team_is_taken_away_as_a_file(browser: Browser, sign_in: Signing, person: Person, lead: Person, held: PublishedCertification) -> None:
    proposed(person, held)
    lines = sign_in(browser, lead).get("/quality/team.csv").text.splitlines()
    assert lines[0].startswith("\ufeffPerson,Certificate")
    assert lines[1].startswith("Sri Wahyuni,Reviewer of claims,2026-05-02 12:00,20,10,0.5,")
    assert lines[1].endswith("Too many errors")


def test_those_who_look_after_everybody_choose_a_team(as_role: AsRole, person: Person, team: Team, held: PublishedCertification) -> None:
    for role in (Role.QA, Role.TRAINER, Role.ADMIN, Role.AUDITOR):
        assert "Sri Wahyuni" in as_role(role).get(f"/quality/?team={team.id}").text
    assert as_role(Role.MODERATOR).get("/quality/").status_code == 403


def test_a_lead_confirms_once_and_the_second_tab_is_told(
    browser: Browser, sign_in: Signing, person: Person, lead: Person, held: PublishedCertification
) -> None:
    address = f"/quality/proposals/{proposed(person, held)}"
    mine = sign_in(browser, lead)
    assert "Use between 10 and 300 letters." in mine.post(address, data={"verdict": "confirmed", "reason": "short"}).text
    assert mine.post(address, data={"verdict": "other", "reason": REASON}).status_code == 400
    assert mine.post(address, data={"verdict": "confirmed", "reason": REASON}).status_code == 302
    assert certification.standing_of(person.id, held.id, at=clock.now()).state is State.SUSPENDED
    second = mine.post(address, data={"verdict": "dismissed", "reason": REASON})
    assert (second.status_code, "Somebody decided this proposal before you" in second.text) == (409, True)
    page = mine.get(address).text
    assert REASON in page and "I Made Suryadi" in page and "fresh exam" in page
    assert "Suspended" in mine.get("/quality/").text


@pytest.mark.parametrize(("role", "status"), [(Role.TRAINER, 302), (Role.QA, 403), (Role.ADMIN, 403), (Role.AUDITOR, 403), (Role.MODERATOR, 403)])
def test_whoever_brings_audits_in_decides_nothing(as_role: AsRole, person: Person, held: PublishedCertification, role: Role, status: int) -> None:
    address = f"/quality/proposals/{proposed(person, held)}"
    assert as_role(role).post(address, data={"verdict": "dismissed", "reason": REASON}).status_code == status
    assert len(queries.open_proposals()) == (0 if status == 302 else 1)


def test_nobody_finds_the_proposal_about_themselves_to_decide(browser: Browser, sign_in: Signing, held: PublishedCertification) -> None:
    me = PersonFactory(roles=[Role.TRAINER, Role.LEAD])
    award(me.id, held, now=DECIDED - timedelta(days=1))
    address = f"/quality/proposals/{proposed(me, held)}"
    mine = sign_in(browser, me)
    assert mine.get(address).status_code == mine.post(address, data={"verdict": "dismissed", "reason": REASON}).status_code == 404
    assert "A lead or a trainer looks at the audits and decides." in mine.get("/quality/mine").text


def test_coaching_is_for_the_person_and_those_who_look_after_them(
    app: object, browser: Browser, sign_in: Signing, as_role: AsRole, person: Person, lead: Person, held: PublishedCertification
) -> None:
    proposed(person, held)
    audit(person, held, [False] * 10, begin=20)
    (found,) = queries.open_coachings([person.id])
    address = f"/quality/coaching/{found.id}"
    mine = sign_in(browser, person)
    assert "Your coaching" in mine.get(address).text
    assert mine.post(f"{address}/note", data={"note": ""}).status_code == 400
    assert mine.post(f"{address}/note", data={"note": "I was ill."}).status_code == 302
    assert mine.post(address, data={"deed": "closed", "note": "Done."}).status_code == 403
    theirs = sign_in(browser, lead)
    assert "I was ill." in theirs.get(address).text
    assert theirs.post(f"{address}/note", data={"note": "Not mine."}).status_code == 404
    assert theirs.post(address, data={"deed": "opened", "note": "No."}).status_code == 400
    assert theirs.post(address, data={"deed": "held", "note": "We talked."}).status_code == 302
    assert theirs.post(address, data={"deed": "closed", "note": "All is well."}).status_code == 302
    assert theirs.post(address, data={"deed": "closed", "note": "All is well."}).status_code == 409
    assert as_role(Role.MODERATOR).get(address).status_code == 404
    assert as_role(Role.LEAD).get(address).status_code == 404


@pytest.mark.parametrize("path", ["proposals/0", "coaching/0", "people/nobody", "proposals/99999999999999999999", "?team=99999999999999999999"])
def test_what_is_not_there_is_not_found(as_role: AsRole, path: str) -> None:
    assert as_role(Role.TRAINER).get(f"/quality/{path}").status_code == (200 if path.startswith("?") else 404)


def test_whoever_decides_reads_on_today_what_waits(
    browser: Browser, sign_in: Signing, as_role: AsRole, person: Person, lead: Person, held: PublishedCertification
) -> None:
    number = proposed(person, held)
    for page in (sign_in(browser, lead).get("/").text, as_role(Role.TRAINER).get("/").text):
        assert "Suspend Sri Wahyuni?" in page and f"/quality/proposals/{number}" in page and "10 errors in 20 random audits" in page
    for role in (Role.QA, Role.ADMIN, Role.LEAD, Role.MODERATOR):
        assert "Suspend Sri Wahyuni?" not in as_role(role).get("/").text


def test_a_suspended_holder_reads_how_it_ends(browser: Browser, sign_in: Signing, lead: Person) -> None:
    person, by = PersonFactory(), Actor(ActorKind.PERSON, lead.id)
    examined, plain = CertificationFactory(needs={"exam": "claims-exam"}), CertificationFactory()
    for held in (examined, plain):
        award(person.id, held, now=DECIDED)
        enter(person.id, held, EventKind.SUSPENDED, reason="The audits say so.", by=by, now=clock.now())
    mine = sign_in(browser, person)
    assert "It ends when you pass" in mine.get(f"/certificates/{examined.slug}").text
    assert "A lead or an administrator ends it." in mine.get(f"/certificates/{plain.slug}").text
    assert "/exams/claims-exam" in mine.get("/certificates").text
