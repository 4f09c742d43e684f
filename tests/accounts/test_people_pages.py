"""The administrators' pages."""

import re
from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
import time_machine
from sqlalchemy import select

from tests.accounts.factories import ApiClientFactory, PersonFactory, TeamFactory
from tests.statements import counted
from training.accounts import queries, services
from training.accounts.models import ApiClient
from training.accounts.rules import FactKind, Role, Status
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.db import db
from training.outbox.models import OutboxMail

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def admin(app, sign_in):
    """An administrator's browser."""
    return sign_in(app.test_client(), PersonFactory(name="Zz Admin", roles=[Role.ADMIN], time_zone="Asia/Jakarta"))


def names_on(answer):
    return re.findall(r'<th scope="row"><a href="/people/p_[^"]+">([^<]+)</a>', answer.text)


def details(**changes):
    return {
        "name": "Budi Santoso",
        "roles": ["moderator"],
        "team": "0",
        "languages": "id en",
        "markets": "ID",
        "time_zone": "",
        "time_multiplier": "1",
        "break_minutes": "0",
    } | changes


def state_now(person, at=NOW):
    return queries.state_of(person.id, at=at, known_at=at)


def test_the_list_is_searched_by_name_and_address(admin):
    PersonFactory(name="Siti Johnson", email="siti@example.org")
    PersonFactory(name="Percent 100%", email="percent@example.org")
    assert names_on(admin.get("/people?q=JOHNS")) == ["Siti Johnson"]
    assert names_on(admin.get("/people?q=siti@")) == ["Siti Johnson"]
    assert names_on(admin.get("/people?q=%25")) == ["Percent 100%"]
    assert "Nobody fits" in admin.get("/people?q=nobody").text


def test_the_list_is_filtered_by_what_is_true_now(admin):
    team = TeamFactory(name="Jakarta Night")
    PersonFactory(name="Amy", roles=[Role.LEAD], team=team, languages=["id"], markets=["ID"])
    PersonFactory(name="Ben", roles=[Role.LEAD], status=Status.DEACTIVATED, languages=["en"], markets=["SG"])
    PersonFactory(name="Cut", roles=[Role.QA], languages=["id", "en"])
    assert names_on(admin.get("/people?role=lead")) == ["Amy", "Ben"]
    assert names_on(admin.get("/people?role=lead&status=active")) == ["Amy"]
    assert names_on(admin.get(f"/people?team={team.id}")) == ["Amy"]
    assert names_on(admin.get("/people?language=id")) == ["Amy", "Cut"]
    assert names_on(admin.get("/people?market=sg")) == ["Ben"]
    assert "Jakarta Night" in admin.get("/people?role=lead").text


@pytest.mark.parametrize("query", ["role=boss", "team=x", "after=999999", "before=-1", "after=99999999999999999999999"])
def test_nonsense_in_the_address_breaks_nothing(admin, query):
    assert admin.get(f"/people?{query}").status_code == 200


def test_zero_bytes_are_refused_wherever_they_stand(admin):
    for answer in (admin.get("/people?q=a%00b"), admin.get("/people/p_%00"), admin.post("/teams", data={"name": "a\0b"})):
        assert answer.status_code == 400


def test_pages_go_forth_and_back_by_name_without_loss(admin):
    for number in range(120):
        PersonFactory(name=f"Moderator {number % 40:03}", email=f"m{number}@example.org")
    seen, address = [], "/people?q=moderator"
    while address:
        answer = admin.get(address)
        seen.append(names_on(answer))
        following = re.search(r'rel="next" href="([^"]+)"', answer.text)
        address = following and following[1].replace("&amp;", "&")
    assert [len(page) for page in seen] == [50, 50, 20]
    everybody = list(chain.from_iterable(seen))
    assert everybody == sorted(everybody)
    back = re.search(r'rel="prev" href="([^"]+)"', answer.text)[1].replace("&amp;", "&")
    assert names_on(admin.get(back)) == seen[1]
    first = re.search(r'rel="prev" href="([^"]+)"', admin.get(back).text)[1].replace("&amp;", "&")
    assert names_on(admin.get(first)) == seen[0]
    assert 'rel="prev"' not in admin.get(first).text


def test_a_page_costs_the_same_whatever_the_number_of_people(admin):
    def cost():
        with counted() as statements:
            admin.get("/people?role=moderator")
        return len(statements)

    PersonFactory()
    few = cost()
    for _ in range(60):
        PersonFactory()
    assert cost() == few <= 7


def test_adding_a_person_invites_them_by_mail(admin):
    team = TeamFactory()
    answer = admin.post("/people/new", data=details(email="Budi@Example.org", team=str(team.id), time_multiplier="1.25", is_invited="y"))
    person = queries.person_by_email("budi@example.org")
    assert answer.location == f"/people/{person.public_id}"
    state = state_now(person)
    assert (state.status, state.roles, state.team_id) == (Status.INVITED, {"moderator"}, team.id)
    assert (state.languages, state.markets, state.time_multiplier) == ({"id", "en"}, {"ID"}, 1.25)
    mail = db.session.scalars(select(OutboxMail)).one()
    assert mail.recipient == "budi@example.org" and "/choose-password/" in mail.body
    assert "Budi Santoso is invited." in admin.get(answer.location).text


def test_a_person_can_be_added_and_invited_later(admin):
    address = admin.post("/people/new", data=details(email="budi@example.org")).location
    assert db.session.scalars(select(OutboxMail)).all() == []
    assert "An invitation is on its way" in admin.get(admin.post(f"{address}/invite").location).text
    assert len(db.session.scalars(select(OutboxMail)).all()) == 1


def test_somebody_with_an_account_is_not_invited(admin):
    person = PersonFactory(name="Amy")
    answer = admin.post(f"/people/{person.public_id}/invite")
    assert answer.status_code == 409 and "Amy has an account already" in answer.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "not an address"}, "Write an e-mail address, such as name@example.org."),
        ({"email": ""}, "Enter an e-mail address."),
        ({"name": " "}, "Enter a name."),
        ({"languages": "english"}, "“english” is no language code; write en, id or pt-BR."),
        ({"markets": "Indonesia"}, "“Indonesia” is no market code; write two capitals, such as ID."),
        ({"time_multiplier": "9"}, "Number must be between 1.0 and 3.0."),
        ({"break_minutes": "-1"}, "Number must be between 0 and 120."),
        ({"time_multiplier": "NaN"}, "Number must be between"),
        ({"roles": ["boss"]}, "is not a valid choice"),
        ({"team": "77"}, "Not a valid choice."),
    ],
)
def test_what_is_wrong_with_a_new_person_is_said_and_nothing_is_made(admin, changes, words):
    answer = admin.post("/people/new", data=details(**({"email": "budi@example.org"} | changes)))
    assert answer.status_code == 400
    assert words in answer.text
    assert queries.person_by_email("budi@example.org") is None


def test_an_address_that_was_anybodys_is_refused_beside_its_field(admin):
    PersonFactory(email="taken@example.org")
    answer = admin.post("/people/new", data=details(email="taken@example.org"))
    assert answer.status_code == 409
    assert "There is, or was, an account with the address taken@example.org." in answer.text


def test_only_what_was_changed_on_the_page_is_recorded(admin):
    person = PersonFactory(name="Amy", languages=["id"], markets=["ID"])
    later = NOW + timedelta(days=1)
    services.record_facts(person, {FactKind.MARKETS: ["SG"]}, effective_from=later, by=SYSTEM, now=NOW)
    db.session.commit()
    admin.post(f"/people/{person.public_id}", data=details(name="Amy", languages="id ms", markets="ID", effective_on="2026-11-30"))
    then = datetime(2026, 11, 29, 17, tzinfo=UTC)
    assert queries.state_of(person.id, at=then - timedelta(seconds=1)).languages == {"id"}
    assert queries.state_of(person.id, at=then).languages == {"id", "ms"}, "the day begins in the administrator's zone"
    assert queries.state_of(person.id, at=then).markets == {"SG"}, "what was left as it stood is not said again"
    page = admin.get(f"/people/{person.public_id}").text
    assert "To come" in page and "30 Nov 2026, 00:00 WIB" in page and "Zz Admin" in page


def test_saving_a_page_unchanged_records_nothing(admin):
    person = PersonFactory(name="Amy", languages=["id"], markets=["ID"])
    before = len(queries.facts_of(person.id))
    answer = admin.post(f"/people/{person.public_id}", data=details(name="Amy", languages="id"))
    assert "Nothing was changed" in admin.get(answer.location).text
    assert len(queries.facts_of(person.id)) == before


def test_a_wrong_change_is_said_and_not_recorded(admin):
    person = PersonFactory(name="Amy")
    answer = admin.post(f"/people/{person.public_id}", data=details(name="Amy", languages="english", effective_on="soon"))
    assert answer.status_code == 400
    assert "is no language code" in answer.text and "Not a valid date value." in answer.text


def test_deactivating_signs_out_and_reactivating_lets_in_again(admin, app, sign_in):
    person = PersonFactory(password="x")
    theirs = sign_in(app.test_client(), person)
    admin.post(f"/people/{person.public_id}/deactivate")
    assert state_now(person).status is Status.DEACTIVATED
    assert theirs.get("/account").status_code == 302
    admin.post(f"/people/{person.public_id}/reactivate")
    assert state_now(person).status is Status.ACTIVE
    assert theirs.get("/account").status_code == 302, "a session that was ended stays so"


def test_somebody_without_a_password_comes_back_as_invited(admin):
    person = PersonFactory(status=Status.DEACTIVATED)
    admin.post(f"/people/{person.public_id}/reactivate")
    assert state_now(person).status is Status.INVITED


def test_a_deactivation_can_begin_on_a_day_to_come(admin):
    person = PersonFactory()
    answer = admin.post(f"/people/{person.public_id}/deactivate", data={"status-effective_on": "2026-12-01"})
    assert "is deactivated from that day on." in admin.get(answer.location).text
    assert state_now(person).is_active
    assert not queries.state_of(person.id, at=datetime(2026, 11, 30, 17, tzinfo=UTC)).is_active


def test_a_malformed_day_deactivates_nobody(admin):
    person = PersonFactory()
    answer = admin.post(f"/people/{person.public_id}/deactivate", data={"status-effective_on": "tomorrow"})
    assert "That is no date." in admin.get(answer.location).text
    assert state_now(person).is_active


def test_nobody_changes_their_own_roles_or_status(app, sign_in):
    me = PersonFactory(roles=[Role.ADMIN], name="Amy")
    browser = sign_in(app.test_client(), me)
    assert "This is you" in browser.get(f"/people/{me.public_id}").text
    for answer in (
        browser.post(f"/people/{me.public_id}", data=details(name="Amy", roles=["admin", "trainer"])),
        browser.post(f"/people/{me.public_id}/deactivate"),
    ):
        assert answer.status_code == 409
        assert "You cannot change what you yourself are allowed to do." in answer.text
    assert state_now(me).roles == {"admin"} and state_now(me).is_active


def test_a_person_who_does_not_exist_is_not_found(admin):
    for answer in (admin.get("/people/p_nobody"), admin.post("/people/p_nobody"), admin.post("/people/p_nobody/deactivate"), admin.get("/teams/none")):
        assert answer.status_code == 404


def test_teams_are_made_named_and_show_who_is_in_them(admin):
    admin.post("/teams", data={"name": "Jakarta Night"})
    team = queries.team_by_slug("jakarta-night")
    PersonFactory(name="Amy", team=team)
    PersonFactory(name="Gone", team=team, status=Status.DEACTIVATED)
    page = admin.get("/teams/jakarta-night").text
    assert "Amy" in page and "Gone" not in page
    admin.post("/teams/jakarta-night", data={"name": "Jakarta Evening"})
    assert queries.team_by_slug("jakarta-night").name == "Jakarta Evening"
    again = admin.post("/teams", data={"name": "JAKARTA night"})
    assert again.status_code == 409 and "There is a team called Jakarta Evening already." in again.text
    assert "Enter a name." in admin.post("/teams", data={"name": ""}).text
    assert "Enter a name." in admin.post("/teams/jakarta-night", data={"name": ""}).text


def test_a_new_clients_token_is_shown_once_and_works(admin):
    answer = admin.post("/clients", data={"name": "Review tool", "scopes": ["access:read"], "expires_on": "2026-12-01"})
    token = re.search(r"ts_[\w-]{43}", answer.text)[0]
    found = services.authenticate_client(token, now=NOW)
    assert found is not None and found.scopes == {"access:read"}
    assert services.authenticate_client(token, now=datetime(2026, 11, 30, 17, tzinfo=UTC)) is None
    listed = admin.get("/clients").text
    assert "Review tool" in listed and token not in listed


def test_a_revoked_client_is_let_in_no_more(admin):
    client = ApiClientFactory(name="Old tool")
    token = "token-x"
    client.token_hash = services.token_hash(token)
    db.session.commit()
    answer = admin.post(f"/clients/{client.id}/revoke")
    assert "Old tool is let in no more." in admin.get(answer.location).text
    assert services.authenticate_client(token, now=NOW) is None
    assert admin.post("/clients/999/revoke").status_code == 404


def test_what_is_wrong_with_a_new_client_is_said(admin):
    ApiClientFactory(name="Review tool")
    answer = admin.post("/clients", data={"name": "", "expires_on": "never"})
    for words in ("Enter a name that says which program this is.", "Choose at least one.", "Not a valid date value."):
        assert words in answer.text
    assert "There is a program called Review tool already." in admin.post("/clients", data={"name": "Review tool", "scopes": ["access:read"]}).text
    assert len(db.session.scalars(select(ApiClient)).all()) == 1


def test_what_administrators_do_is_audited_in_their_name(admin):
    person = PersonFactory()
    admin.post(f"/people/{person.public_id}/deactivate")
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.deed, entry.actor_kind, entry.subject_id) == ("person.facts_recorded", "person", str(person.id))
    assert entry.actor_id == queries.person_by_subject(queries.people_page(queries.PeopleFilter(text="Zz Admin")).people[0].public_id).id
