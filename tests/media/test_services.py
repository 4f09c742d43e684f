"""Storing pictures: once per content, never what is no picture."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.media.factories import MediaFileFactory, picture_bytes
from training.db import db
from training.errors import Refusal
from training.media import files, queries
from training.media.models import MediaFile
from training.media.rules import PictureRefusal
from training.media.services import store

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_a_picture_is_kept_under_the_hash_of_its_bytes(app: Flask) -> None:
    data = picture_bytes("WEBP", size=(20, 10))
    file = store(data, now=NOW)
    assert (file.mime, file.width, file.height, file.byte_count, file.stored_at) == ("image/webp", 20, 10, len(data), NOW)
    assert file.sha256 == sha256(data).hexdigest()
    assert files.get(file.sha256) == data


def test_the_same_bytes_are_kept_once(app: Flask) -> None:
    MediaFileFactory()
    first, second = store(picture_bytes(), now=NOW), store(picture_bytes(), now=NOW)
    assert first.id == second.id
    assert db.session.scalar(select(func.count()).select_from(MediaFile)) == 2


def test_a_lost_file_is_mended_by_storing_it_again(app: Flask) -> None:
    data = picture_bytes(size=(31, 7))
    file = store(data, now=NOW)
    (Path(app.config["MEDIA_URL"]) / file.sha256[:2] / file.sha256).unlink()
    store(data, now=NOW)
    assert files.get(file.sha256) == data


def test_no_half_written_file_is_left_behind(app: Flask) -> None:
    file = store(picture_bytes(size=(13, 8)), now=NOW)
    folder = Path(app.config["MEDIA_URL"]) / file.sha256[:2]
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", PictureRefusal.EMPTY), (b"<svg/>", PictureRefusal.UNKNOWN_KIND), (picture_bytes() + b"x", PictureRefusal.MALFORMED)]
)
def test_what_is_no_picture_is_refused_and_not_kept(app: Flask, data: bytes, reason: PictureRefusal) -> None:
    with pytest.raises(Refusal) as refused:
        store(data, now=NOW)
    assert refused.value.reason is reason
    assert db.session.scalar(select(func.count()).select_from(MediaFile)) == 0


def test_files_are_found_by_hash_and_by_id(app: Flask) -> None:
    one, other = MediaFileFactory(), MediaFileFactory()
    assert queries.media_file(one.sha256) is one
    assert queries.media_file("f" * 64) is None
    assert queries.media_files([one.id, other.id, 0]) == {one.id: one, other.id: other}
