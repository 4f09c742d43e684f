"""`flask people`: what it does, and what it refuses in words."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory, TeamFactory
from training.accounts import queries, services
from training.accounts.models import Person, PersonFact, Team
from training.accounts.rules import Status
from training.db import db
from training.outbox.models import OutboxMail

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def run(app):
    def invoke(*arguments, **more):
        db.session.commit()
        result = app.test_cli_runner().invoke(args=["people", *map(str, arguments)], **more)
        db.session.expire_all()
        return result

    return invoke


@pytest.fixture
def file_of(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "people.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_first_administrator_is_made_by_answering_questions(run):
    answers = "Ada@Example.org\nAda Lovelace\nthree calm unrelated words\nthree calm unrelated words\n"
    result = run("create-admin", input=answers)
    assert result.exit_code == 0, result.output
    ada = queries.person_by_email("ada@example.org")
    state = queries.state_of(ada.id, at=NOW)
    assert (state.status, state.roles) == (Status.ACTIVE, {"admin"})
    assert services.is_password("three calm unrelated words", ada.password_hash)
    assert "three calm" not in result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--email", "ada", "--name", "Ada", "--password", "three calm unrelated words"], "write an e-mail address, such as name@example.org"),
        (["--email", "ada@example.org", "--name", "Ada", "--password", "short"], "Use at least 12 characters"),
        (["--email", "ada@example.org", "--name", "x" * 201, "--password", "three calm unrelated words"], "A name has 1 to 200 characters."),
        (["--email", "taken@example.org", "--name", "Ada", "--password", "three calm unrelated words"], "There is, or was, an account"),
    ],
)
def test_what_no_administrator_can_be_made_of_is_said(run, arguments, words):
    PersonFactory(email="taken@example.org")
    result = run("create-admin", *arguments)
    assert result.exit_code != 0 and words in result.output
    assert count(Person) == 1


def test_a_clients_token_is_printed_alone(run):
    result = run("create-client", "--name", "Review tool")
    token = result.stdout.strip()
    assert services.authenticate_client(token, now=NOW).scopes == {"access:read"}
    again = run("create-client", "--name", "Review tool")
    assert again.exit_code == 1 and "There is a program called Review tool already." in again.output
    assert "'everything' is not one of 'access:read', 'work:write'" in run("create-client", "--name", "Other", "--scope", "everything").output


PEOPLE = """email,name,roles,team,languages,markets,time_zone,time_multiplier,extra_break_minutes,effective_on,status
Amy@Example.org,Amy Lestari,moderator lead,Jakarta Night,id en,ID,Asia/Jakarta,1.5,10,2026-01-01,
ben@example.org,"Santoso, Ben",moderator,jakarta-night,"id, jv",ID,,,,,
old@example.org,Old Hand,,,,,,,,,deactivated
"""


def test_people_are_made_as_the_file_says(run, file_of):
    TeamFactory(slug="jakarta-night", name="Jakarta Night")
    result = run("import", file_of(PEOPLE), "--invite")
    assert result.exit_code == 0, result.output
    assert "3 new, 0 changed, 0 as they were." in result.output
    amy = queries.person_by_email("amy@example.org")
    state = queries.state_of(amy.id, at=NOW)
    assert (amy.name, state.status, state.roles, state.languages, state.time_multiplier) == (
        "Amy Lestari",
        Status.INVITED,
        {"moderator", "lead"},
        {"id", "en"},
        1.5,
    )
    assert queries.state_of(amy.id, at=datetime(2025, 12, 31, 17, tzinfo=UTC)).languages == {"id", "en"}, "the day begins in the organisation's zone"
    assert queries.state_of(queries.person_by_email("ben@example.org").id, at=NOW).languages == {"id", "jv"}
    assert queries.state_of(queries.person_by_email("old@example.org").id, at=NOW).status is Status.DEACTIVATED
    assert sorted(db.session.scalars(select(OutboxMail.recipient))) == ["amy@example.org", "ben@example.org"]


def test_importing_twice_changes_nothing(run, file_of):
    TeamFactory(slug="jakarta-night", name="Jakarta Night")
    run("import", file_of(PEOPLE))
    before = count(PersonFact)
    result = run("import", file_of(PEOPLE))
    assert "0 new, 0 changed, 3 as they were." in result.output
    assert count(PersonFact) == before


def test_an_empty_cell_changes_nothing_and_a_filled_one_is_recorded(run, file_of):
    person = PersonFactory(email="amy@example.org", name="Amy", languages=["id"], markets=["ID"])
    result = run("import", file_of("name,email,languages,markets\n,amy@example.org,id ms,\n"))
    assert "changed  amy@example.org: languages" in result.output
    state = queries.state_of(person.id, at=NOW)
    assert (state.languages, state.markets, person.name) == ({"id", "ms"}, {"ID"}, "Amy")


def test_a_dry_run_says_everything_and_changes_nothing(run, file_of):
    result = run("import", file_of(PEOPLE), "--dry-run", "--make-teams", "--invite")
    assert result.exit_code == 0, result.output
    assert "new      amy@example.org" in result.output and "A dry run: nothing was changed." in result.output
    assert (count(Person), count(Team), count(OutboxMail)) == (0, 0, 0)


def test_missing_teams_are_made_where_that_is_wanted(run, file_of):
    result = run("import", file_of(PEOPLE), "--make-teams")
    assert result.exit_code == 0, result.output
    assert [team.name for team in queries.teams()] == ["Jakarta Night"]


def test_every_fault_is_listed_by_line_and_field_and_nothing_is_half_done(run, file_of):
    path = file_of(
        "email,name,roles,team,languages,time_zone,time_multiplier,effective_on,status\n"
        "fine@example.org,Fine,moderator,,id,,,,\n"
        "no address,Amy,boss,,english,Mars,9,soon,away\n"
        "\n"
        "fine@example.org,Again,,Nowhere,,,x,,\n"
        "nameless@example.org,,,,,,,,active\n"
        "too,few\n"
    )
    result = run("import", path)
    assert result.exit_code == 1
    lines = [line.removeprefix(f"{path}:") for line in result.stderr.splitlines()]
    for expected in (
        "3: email: “no address” is no e-mail address. Write it like name@example.org.",
        "3: roles: “boss” is no role; use moderator, trainer, lead, qa, admin or auditor.",
        "3: languages: “english” is no language code; write en, id or pt-BR.",
        "3: time_zone: “Mars” is no time zone; write it like Asia/Jakarta.",
        "3: time_multiplier: The time multiplier lies between 1 and 3.",
        "3: effective_on: “soon” is no date. Write it like 2026-11-22.",
        "3: status: “away” is no status; use invited, active or deactivated.",
        "5: email: fine@example.org is on line 2 already.",
        "5: team: There is no team “Nowhere”. Make it under Teams first, or with --make-teams.",
        "5: time_multiplier: Write a number, such as 1.5, and whole minutes, such as 10.",
        "6: name: nameless@example.org has no account yet, and a new person needs a name.",
        "6: status: A new person is invited, and active once they have chosen a password. Leave it empty.",
        "7: line: It has 2 cells where the header has 9. Put cells that hold commas in quotes.",
    ):
        assert expected in lines, lines
    assert "Error: 13 faults; nothing was changed." in lines
    assert count(Person) == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "1: file: The file is empty."),
        ("mail,name\n", "1: mail: There is no column of this name."),
        ("name,email,name\n", "1: name: This column is there twice."),
        ("name\n", "1: email: This column is missing."),
        ('email,name\na@example.org,"open\n', "1: file: This is not a CSV file"),
    ],
)
def test_a_file_that_is_none_is_refused(run, file_of, text, words):
    result = run("import", file_of(text))
    assert result.exit_code == 1 and words in result.stderr


def test_other_encodings_are_refused_and_a_byte_order_mark_is_not(run, file_of):
    assert "is not UTF-8" in run("import", file_of("email,name\na@example.org,Zoë\n", encoding="latin-1")).output
    assert run("import", file_of("email,name\na@example.org,Zoë\n", encoding="utf-8-sig")).exit_code == 0
    assert queries.person_by_email("a@example.org").name == "Zoë"


def test_lines_are_counted_in_the_file_not_in_the_rows(run, file_of):
    result = run("import", file_of('email,name\na@example.org,"Two\nLines"\nbad,B\n'))
    assert ":4: email:" in result.stderr
