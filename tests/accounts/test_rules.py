"""What is true at an instant, what may be true, and how failures slow down."""

import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.accounts.rules import (
    Accommodations,
    Fact,
    FactKind,
    PersonState,
    Role,
    Status,
    Tries,
    browser_in_words,
    email_is_well_formed,
    fact_value,
    failed_count_after,
    normal_email,
    password_fault,
    place_of,
    read_people,
    safe_path,
    state_at,
    tries_open_at,
    values_at,
)

START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number):
    return START + timedelta(days=number)


def language(value, effective, recorded, identity):
    return Fact(FactKind.LANGUAGES, value, day(effective), day(recorded), identity)


def test_of_nobody_nothing_is_known_and_nothing_opens():
    assert state_at([], at=START, known_at=START) == PersonState()
    assert not PersonState().is_active


def test_the_fact_that_took_effect_last_counts():
    facts = [language(["id"], 1, 1, 1), language(["en"], 3, 1, 2)]
    assert [sorted(state_at(facts, at=day(number), known_at=day(9)).languages) for number in range(5)] == [[], ["id"], ["id"], ["en"], ["en"]]


def test_of_two_that_took_effect_together_the_one_written_last_counts():
    facts = [language(["id"], 1, 1, 1), language(["en"], 1, 2, 2)]
    assert state_at(facts, at=day(5), known_at=day(5)).languages == {"en"}


def test_the_past_is_answered_as_it_was_known_then():
    facts = [language(["id"], 1, 1, 1), language(["en"], 2, 7, 2)]
    assert state_at(facts, at=day(3), known_at=day(6)).languages == {"id"}
    assert state_at(facts, at=day(3), known_at=day(7)).languages == {"en"}


def test_a_state_gathers_every_kind():
    values = {
        FactKind.STATUS: "active",
        FactKind.ROLES: ["lead", "qa"],
        FactKind.TEAM: 3,
        FactKind.MARKETS: ["ID"],
        FactKind.TIME_ZONE: "Asia/Jakarta",
        FactKind.ACCOMMODATIONS: {"time_multiplier": 1.5, "extra_break_seconds": 60},
        FactKind.NAME: "Nia",
    }
    facts = [Fact(kind, value, START, START, number) for number, (kind, value) in enumerate(values.items())]
    state = state_at(facts, at=START, known_at=START)
    assert state == PersonState(
        Status.ACTIVE, frozenset({Role.LEAD, Role.QA}), 3, frozenset(), frozenset(), frozenset({"ID"}), "Asia/Jakarta", Accommodations(1.5, 60)
    )
    assert (state.time_multiplier, state.extra_break_seconds, state.is_active) == (1.5, 60, True)


FACTS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(["id", "en", "ms"])), max_size=12)


@given(FACTS, st.integers(0, 9), st.integers(0, 9))
def test_what_is_recorded_later_never_changes_what_was_known(rows, at, known):
    facts = [language([code], effective, recorded, number) for number, (effective, recorded, code) in enumerate(rows)]
    then = [fact for fact in facts if fact.recorded_at <= day(known)]
    assert values_at(facts, at=day(at), known_at=day(known)) == values_at(then, at=day(at), known_at=day(9))


@given(FACTS, st.integers(0, 9), st.randoms())
def test_the_order_in_which_facts_are_read_does_not_matter(rows, at, random):
    facts = [language([code], effective, recorded, number) for number, (effective, recorded, code) in enumerate(rows)]
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert values_at(facts, at=day(at), known_at=day(9)) == values_at(shuffled, at=day(at), known_at=day(9))


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        (FactKind.LANGUAGES, ("id", "en", "id"), ["en", "id"]),
        (FactKind.ROLES, {Role.QA, Role.ADMIN}, ["admin", "qa"]),
        (FactKind.TEAM, None, None),
        (FactKind.TIME_ZONE, None, None),
        (FactKind.NAME, "  Nia \n Rahma ", "Nia Rahma"),
        (FactKind.ACCOMMODATIONS, {}, {"time_multiplier": 1.0, "extra_break_seconds": 0}),
        (FactKind.STATUS, Status.ACTIVE, "active"),
    ],
)
def test_a_value_is_written_in_one_way(kind, value, written):
    assert fact_value(kind, value) == written
    assert fact_value(kind, written) == written


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FactKind.LANGUAGES, "id"),
        (FactKind.LANGUAGES, ["ID"]),
        (FactKind.MARKETS, ["id"]),
        (FactKind.MARKETS, 5),
        (FactKind.ROLES, ["boss"]),
        (FactKind.STATUS, "away"),
        (FactKind.TEAM, "3"),
        (FactKind.TEAM, True),
        (FactKind.TIME_ZONE, "WIB"),
        (FactKind.NAME, " "),
        (FactKind.NAME, "x" * 201),
        (FactKind.ACCOMMODATIONS, {"time_multiplier": 0.5}),
        (FactKind.ACCOMMODATIONS, {"time_multiplier": float("nan")}),
        (FactKind.ACCOMMODATIONS, {"extra_break_seconds": 9999}),
        (FactKind.ACCOMMODATIONS, {"more": 1}),
    ],
)
def test_a_malformed_value_is_refused(kind, value):
    with pytest.raises(ValueError):
        fact_value(kind, value)


@pytest.mark.parametrize("address", ["a@b.co", "new.hire+id@example.org", "ñ@ejemplo.es"])
def test_an_address_is_well_formed(address):
    assert email_is_well_formed(normal_email(f" {address.upper()} "))


@pytest.mark.parametrize("address", ["", "a", "a@b", "a@@b.co", "a b@c.de", "a@b.co,c@d.ef", "a@b..co", "@b.co", "x" * 250 + "@b.co", "a@b.co\nBcc: c@d.ef"])
def test_an_address_is_malformed(address):
    assert not email_is_well_formed(address)


def test_the_first_five_failures_cost_nothing_and_the_next_ever_more():
    waits = [(tries_open_at(Tries(count, START)) - START).total_seconds() for count in range(1, 14)]
    assert waits == [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]
    assert tries_open_at(Tries(10_000, START)) == START + timedelta(minutes=15)


def test_a_day_without_failures_forgets_them():
    tries = Tries(7, START)
    assert failed_count_after(tries, now=day(1)) == 8
    assert failed_count_after(tries, now=day(1) + timedelta(seconds=1)) == 1
    assert failed_count_after(None, now=START) == 1


def test_tries_are_counted_together_by_browser_household_or_address():
    assert place_of("203.0.113.9", "mark") == "browser mark"
    assert place_of("203.0.113.9", None) == "address 203.0.113.9"
    assert place_of("2001:db8:1:2::9", None) == place_of("2001:db8:1:2:ffff::1", None) != place_of("2001:db8:1:3::9", None)
    assert place_of(None, None) == place_of("nonsense", None) == "address unknown"


@pytest.mark.parametrize("target", ["/", "/exams/1?a=b&c=d#e", "/handbook/IPR-01", "/%2F%2Fevil.example"])
def test_a_page_of_this_site_is_a_safe_target(target):
    assert safe_path(target) == target


@pytest.mark.parametrize("target", [None, "", "//evil", "/\\evil", "\\/evil", "http://evil", "/a\nb", "/a b", "x", "/" + "x" * 2000, "/\x7f"])
def test_anything_else_is_no_target(target):
    assert safe_path(target) is None


@given(st.text())
def test_a_safe_target_never_names_a_host(target):
    safe = safe_path(target)
    assert safe is None or (safe.startswith("/") and safe[1:2] not in {"/", "\\"})


@given(st.text(alphabet=string.ascii_letters + " ", min_size=30, max_size=60).filter(lambda text: len(set(text.lower())) > 12))
def test_long_and_varied_passwords_are_accepted(password):
    assert password_fault(password, personal=("Zyx", "z@example.org")) is None


@given(st.text())
def test_no_file_however_strange_breaks_the_reader(text):
    lines, faults = read_people(text)
    assert lines or faults or text.strip()


@given(st.lists(st.lists(st.text(max_size=8), min_size=3, max_size=3), max_size=5))
def test_no_cell_however_strange_breaks_the_reader(rows):
    body = "\n".join(",".join(cell.replace('"', "").replace(",", "").replace("\n", "").replace("\r", "") for cell in row) for row in rows)
    lines, faults = read_people(f"email,name,team\n{body}\n")
    assert all(fault.line >= 1 and fault.message for fault in faults)
    assert len({line.line for line in lines}) == len(lines)


CHROMIUM = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROMIUM} Safari/537.36", "Chrome on Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROMIUM} Safari/537.36 Edg/140.0.0.0", "Edge on Windows"),
        (f"{MAC} {CHROMIUM} Safari/537.36 OPR/124.0.0.0", "Opera on Mac"),
        (f"{MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15", "Safari on Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROMIUM} Safari/537.36", "Chrome on ChromeOS"),
        (f"Mozilla/5.0 (Linux; Android 10; K) {CHROMIUM} Mobile Safari/537.36", "Chrome on Android"),
        (f"Mozilla/5.0 (Linux; Android 15; SM-A556E) SamsungBrowser/28.0 {CHROMIUM} Mobile Safari/537.36", "Samsung Internet on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 CriOS/140.0 Mobile/15E148 Safari/604.1", "Chrome on iPhone"),
        ("Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Mobile/15E148 Safari/604.1", "Safari on iPad"),
        ("Firefox/1", "Firefox"),
        ("curl/8.14.1", "Unknown browser"),
        ("<script>", "Unknown browser"),
        (None, "Unknown browser"),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(agent, words):
    assert browser_in_words(agent) == words
