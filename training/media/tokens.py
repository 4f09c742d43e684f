"""Addresses of pictures: each viewer's own, telling nothing about the picture.

A token hides the file's id (it is encrypted), so nobody can tell from two addresses that two people, or two attempts
of one person, were shown the same picture. It opens for the person it was made for, on the day it was made and the
day after; within a day it stays the same, so that browsers may keep the picture.

The construction is a synthetic initialisation vector (Rogaway & Shrimpton 2006) over HMAC-SHA-256: the tag of the
plain text is the nonce of a one-block key stream.
"""

import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from flask import current_app, url_for

from training.config import secrets_of

_PLAIN = struct.Struct(">IQI8s")
_TAG_LENGTH = 12
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may look, and on what occasion (`practice`, an attempt's public id): another occasion gives other addresses."""

    person_id: int
    occasion: str


def media_token(media_id: int, audience: Audience, *, now: datetime) -> str:
    """The token by which this audience may see this file today and tomorrow."""
    occasion = sha256(audience.occasion.encode()).digest()[:8]
    plain = _PLAIN.pack(media_id, audience.person_id, _day(now), occasion)
    key = _keys()[0]
    tag = _tag(key, plain)
    return urlsafe_b64encode(tag + _veil(key, tag, plain)).decode().rstrip("=")


def media_address(media_id: int, audience: Audience, *, now: datetime) -> str:
    """The address at which this audience may see this file."""
    return url_for("media.show", token=media_token(media_id, audience, now=now))


def media_id_of(token: str, *, person_id: int, now: datetime) -> int | None:
    """The file that this token opens for this person now, or nothing."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (Base64Error, ValueError):
        return None
    if len(raw) != _TAG_LENGTH + _PLAIN.size:
        return None
    tag, veiled = raw[:_TAG_LENGTH], raw[_TAG_LENGTH:]
    for key in _keys():
        plain = _veil(key, tag, veiled)
        if hmac.compare_digest(tag, _tag(key, plain)):
            media_id, viewer_id, day, _occasion = _PLAIN.unpack(plain)
            is_open = viewer_id == person_id and 0 <= _day(now) - day <= 1
            return int(media_id) if is_open else None
    return None


def _day(now: datetime) -> int:
    return int(now.timestamp()) // _SECONDS_A_DAY


def _keys() -> list[bytes]:
    return [hmac.digest(secret.encode(), b"media token", "sha256") for secret in secrets_of(current_app.config)]


def _tag(key: bytes, plain: bytes) -> bytes:
    return hmac.digest(key, b"tag" + plain, "sha256")[:_TAG_LENGTH]


def _veil(key: bytes, tag: bytes, text: bytes) -> bytes:
    """Exclusive-or with the key stream of this tag: veils and unveils."""
    stream = hmac.digest(key, b"stream" + tag, "sha256")
    return bytes(left ^ right for left, right in zip(text, stream, strict=False))
