"""The page about care: what a person chooses, and what follows from it on every surface."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, CaseVersionFactory, TaxonomyLabelFactory
from tests.conftest import Browser
from tests.practice.factories import PracticeSessionFactory, ServingFactory, chosen
from training.accounts.models import Person
from training.config import WrongSetting, load_settings
from training.db import db
from training.practice import queries
from training.practice.rules import Wish

KEYS = {"SECRET_KEYS": "a"}


@pytest.fixture
def me(app: Flask) -> Person:
    TaxonomyLabelFactory(code="PRO-03")
    return PersonFactory()


@pytest.fixture
def mine(browser: Browser, me: Person, sign_in: Callable[[Browser, Person], Browser]) -> Browser:
    return sign_in(browser, me)


def pictured_serving(person: Person) -> str:
    case = CaseFactory()
    case.current_version_id = CaseVersionFactory(case_id=case.id, number=2, images=[{"media_id": 1, "alt": "A box", "width": 40, "height": 30}]).id
    db.session.commit()
    return f"/practice/{ServingFactory(session=PracticeSessionFactory(person_id=person.id), case=case).id}"


def test_the_page_says_what_is_usual_and_keeps_what_is_chosen(mine: Browser, me: Person) -> None:
    page = mine.get("/practice/care").text
    assert page.count("As the organisation has it: on") == 3
    assert page.count("As the organisation has it: off") == 3
    assert mine.post("/practice/care", data=chosen(blur="no", thumbnails="yes")).status_code == 302
    assert dict(queries.choices_of(me.id)) == dict.fromkeys(Wish) | {Wish.BLUR: False, Wish.THUMBNAILS: True}


def test_everything_goes_back_to_the_organisations_way_at_once(mine: Browser, me: Person) -> None:
    mine.post("/practice/care", data=chosen(blur="no", autoplay="yes"))
    mine.post("/practice/care", data=chosen(blur="no", autoplay="yes", as_usual="yes"))
    assert dict(queries.choices_of(me.id)) == dict.fromkeys(Wish)


def test_a_choice_that_there_is_not_changes_nothing(mine: Browser, me: Person) -> None:
    refused = mine.post("/practice/care", data=chosen(blur="perhaps", mute="no"))
    assert (refused.status_code, "Please mend this" in refused.text) == (400, True)
    assert queries.stored_preference(me.id) is None


def test_recordings_and_pictures_are_shown_as_chosen(mine: Browser, me: Person) -> None:
    address = pictured_serving(me)
    page = mine.get(address).text
    assert 'data-muted="true" data-autoplay="false"' in page
    assert "is-thumbnailed" not in page
    mine.post("/practice/care", data=chosen(mute="no", autoplay="yes", thumbnails="yes", greyscale="yes"))
    page = mine.get(address).text
    assert 'data-muted="false" data-autoplay="true"' in page
    assert "is-greyscale is-thumbnailed" in page
    assert "Show pictures in full size" in page


def test_who_chose_nothing_gets_what_the_organisation_names(app: Flask, mine: Browser, me: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    address = pictured_serving(me)
    monkeypatch.setitem(app.config, "CARE_DEFAULTS", frozenset({"thumbnails", "autoplay"}))
    page = mine.get(address).text
    assert "is-thumbnailed" in page
    assert 'data-muted="false" data-autoplay="true"' in page


@pytest.mark.parametrize(("said", "meant"), [("blur, Mute", {"blur", "mute"}), ("none", set()), ("", {"blur", "mute", "breaks"})])
def test_the_organisation_names_its_defaults(tmp_path: Path, said: str, meant: set[str]) -> None:
    assert load_settings(KEYS | {"CARE_DEFAULTS": said}, root=tmp_path)["CARE_DEFAULTS"] == meant


def test_a_default_that_there_is_not_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="CARE_DEFAULTS names sepia"):
        load_settings(KEYS | {"CARE_DEFAULTS": "blur,sepia"}, root=tmp_path)


def test_every_wish_can_be_named(tmp_path: Path) -> None:
    every = ",".join(Wish)
    assert load_settings(KEYS | {"CARE_DEFAULTS": every}, root=tmp_path)["CARE_DEFAULTS"] == set(Wish)
