"""The auditors' page."""

import re

from tests.accounts.factories import PersonFactory
from tests.audit.factories import entry
from training.actors import Actor, ActorKind


def rows(answer):
    return re.findall(r'<td data-label="Deed"><a href="[^"]+"><code>([^<]+)</code>', answer.text)


def test_the_page_names_who_did_what_to_whom(as_role):
    nia, budi = PersonFactory(name="Nia Rahma"), PersonFactory(name="Budi <b>Santoso</b>")
    entry("person.invited", by=Actor(ActorKind.PERSON, nia.id, "192.0.2.1"), subject=("person", budi.id), kinds=["roles", "team"])
    page = as_role("auditor").get("/audit?deed=person.invited").text
    for words in ("Nia Rahma", "Budi &lt;b&gt;Santoso&lt;/b&gt;", "person.invited", "kinds: roles, team"):
        assert words in page
    assert "192.0.2.1" not in page


def test_programs_the_system_and_things_without_people_are_named_too(as_role):
    entry("queue.opened", by=Actor(ActorKind.CLIENT, 4), subject=("queue", "listing-id"))
    entry("session.refused", by=Actor(ActorKind.PERSON, None), subject=("email", "f" * 64))
    page = as_role("admin").get("/audit").text
    assert "Client 4" in page and "Queue listing-id" in page and "The system" in page


def test_kinds_and_details_are_told_in_words(as_role):
    entry("mark.given", subject=("marking_task", 7), passed=False, repeated=True, lane=None)
    page = as_role("auditor").get("/audit?deed=mark.given").text
    assert "Marking task 7" in page
    assert "passed: no" in page and "repeated: yes" in page and "lane: none" in page


def test_the_page_is_filtered_by_person_and_subject(as_role):
    nia = PersonFactory(email="nia@example.org")
    entry("a.one", by=Actor(ActorKind.PERSON, nia.id), subject=("queue", "x"))
    entry("a.two", subject=("queue", "y"))
    browser = as_role("auditor")
    assert rows(browser.get("/audit?actor=nia@example.org")) == ["a.one"]
    assert rows(browser.get(f"/audit?actor={nia.public_id}")) == ["a.one"]
    assert rows(browser.get("/audit?actor_kind=system&deed=a")) == ["a.two"]
    assert rows(browser.get("/audit?subject_kind=queue&subject_id=y")) == ["a.two"]
    for query in ("actor=nobody@example.org", "deed=zzz", "subject_id=none", "actor_kind=boss&deed=a.none"):
        assert "Nothing fits" in browser.get(f"/audit?{query}").text


def test_pages_go_back_in_time_and_keep_their_filters(as_role):
    for number in range(60):
        entry("a.many", number=number)
    browser = as_role("auditor")
    first = browser.get("/audit?deed=a.many")
    older = re.search(r'rel="next" href="([^"]+)"', first.text)[1].replace("&amp;", "&")
    second = browser.get(older)
    assert (len(rows(first)), len(rows(second))) == (50, 10)
    assert 'rel="next"' not in second.text


def test_nonsense_in_the_address_breaks_nothing(as_role):
    browser = as_role("auditor")
    for query in ("before=x", "before=-5", "before=99999999999999999999", "deed=%25", "actor=%F0%9F%92%A9"):
        assert browser.get(f"/audit?{query}").status_code == 200
