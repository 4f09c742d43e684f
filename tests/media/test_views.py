"""One picture, served to whom it was shown."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.media.factories import picture_bytes
from training import clock
from training.accounts.models import Person
from training.db import db
from training.media.services import store
from training.media.tokens import Audience, media_token

SignIn = Callable[[Browser, Person], Browser]


def address(person: Person, data: bytes) -> str:
    file = store(data, now=clock.now())
    db.session.commit()
    return f"/media/{media_token(file.id, Audience(person.id, 'practice'), now=clock.now())}"


@pytest.mark.parametrize(("kind", "mime"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_a_picture_comes_with_headers_that_keep_it_a_picture(browser: Browser, sign_in: SignIn, kind: str, mime: str) -> None:
    me = PersonFactory()
    response = sign_in(browser, me).get(address(me, picture_bytes(kind)))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == mime
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"] == "private, max-age=86400, immutable"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_no_header_names_the_picture(browser: Browser, sign_in: SignIn) -> None:
    me = PersonFactory()
    response = sign_in(browser, me).get(address(me, picture_bytes()))
    assert not {"ETag", "Last-Modified"} & set(response.headers.keys())
    assert response.headers["Content-Disposition"] == "inline"


def test_what_the_camera_wrote_is_not_served(browser: Browser, sign_in: SignIn) -> None:
    me = PersonFactory()
    response = sign_in(browser, me).get(address(me, picture_bytes("JPEG", comment=b"case-p014 violating")))
    assert b"case-p014" not in response.get_data()


def test_a_stranger_signs_in_first(browser: Browser) -> None:
    assert "/sign-in" in browser.get(address(PersonFactory(), picture_bytes())).headers["Location"]


def test_another_persons_address_and_made_up_ones_do_not_exist(browser: Browser, sign_in: SignIn) -> None:
    mine = sign_in(browser, PersonFactory())
    assert mine.get(address(PersonFactory(), picture_bytes())).status_code == 404
    assert mine.get("/media/1").status_code == 404
    assert mine.get("/media/" + "a" * 64).status_code == 404


def test_the_folder_of_pictures_is_not_served(app: Flask, browser: Browser, sign_in: SignIn) -> None:
    file = store(picture_bytes(), now=clock.now())
    db.session.commit()
    assert sign_in(browser, PersonFactory()).get(f"/media/{file.sha256}").status_code == 404
