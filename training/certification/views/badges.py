"""Certificates as Open Badges: the holder's to take along, and what everybody needs to check one."""

from datetime import datetime
from typing import Any

from flask import Response, abort, current_app, json

from training import clock
from training.certification import queries
from training.certification.rules import CREDENTIALS, OPEN_BADGES, Award, Issuer, StatusPurpose, achievement, issuer_profile, status_list_credential
from training.certification.services.badges import badge as signed_badge
from training.certification.services.badges import badge_token as signed_token
from training.certification.services.badges import signed
from training.certification.views.blueprint import blueprint
from training.certification.views.papers import own_certificate, verify_address
from training.config import secrets_of
from training.db import begin_writing, db
from training.errors import NotFound
from training.keys.queries import key_in_use, published_keys
from training.keys.rules import ISSUER_PATH, did_of, verification_methods
from training.keys.services import Signer, signer
from training.web.access import opens_to_everyone, opens_to_signed_in


@blueprint.get("/certificates/awards/<public_id>.json")
@opens_to_signed_in
def badge(public_id: str) -> Response:
    """One award of my own as a credential with a Data Integrity proof."""
    now = clock.now()
    award = _award(public_id, now)
    credential = signed_badge(award, _issuer(), by=_signer(now), now=now)
    return _attachment(json.dumps(credential, ensure_ascii=False), "application/vc", f"{award.slug}-{public_id}.json")


@blueprint.get("/certificates/awards/<public_id>.jwt")
@opens_to_signed_in
def badge_token(public_id: str) -> Response:
    """One award of my own as a signed token."""
    now = clock.now()
    award = _award(public_id, now)
    return _attachment(signed_token(award, _issuer(), by=_signer(now)), "application/vc+jwt", f"{award.slug}-{public_id}.jwt")


@blueprint.get(ISSUER_PATH)
@opens_to_everyone
def issuer() -> Response:
    """Who issues badges here, and by which keys."""
    own = _issuer()
    keys = verification_methods(published_keys(), controller=own.address)
    return _public(issuer_profile(own, keys=keys, also_known_as=did_of(own.site_url)))


@blueprint.get("/badges/achievements/<slug>")
@opens_to_everyone
def achieved(slug: str) -> Response:
    """What a badge of this certification stands for. One that not everybody finds is told by its badges alone."""
    document = queries.certification_by_slug(slug).document
    if document.visible_to:
        raise NotFound(slug)
    return _public({"@context": [CREDENTIALS, OPEN_BADGES], **achievement(_issuer(), slug=slug, title=document.title, summary=document.summary)})


@blueprint.get("/badges/status/<purpose>/<int:number>")
@opens_to_everyone
def status_list(purpose: str, number: int) -> Response:
    """A list of badges that are revoked or suspended, signed."""
    if purpose not in {known.value for known in StatusPurpose} or number > 1_000_000:
        abort(404)
    now, own, kind = clock.now(), _issuer(), StatusPurpose(purpose)
    listed = status_list_credential(queries.marked_places(kind, number, now=now), kind, number, own, now=now)
    return _public(signed(listed, own, by=_signer(now), now=now), "application/vc")


def _issuer() -> Issuer:
    return Issuer(current_app.config["PUBLIC_URL"], ISSUER_PATH, current_app.config["ORGANISATION_NAME"])


def _award(public_id: str, now: datetime) -> Award:
    found = own_certificate(public_id, now)
    return Award(
        place=found.place,
        address=verify_address(public_id),
        slug=found.slug,
        title=found.title,
        summary=found.summary,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        shown_name=found.holder_name,
    )


def _signer(now: datetime) -> Signer:
    """The key that signs; the very first is made and kept at once."""
    is_first = key_in_use() is None
    if is_first:
        begin_writing()
    found = signer(secrets_of(current_app.config), now=now)
    if is_first:
        db.session.commit()
    return found


def _attachment(text: str, content_type: str, name: str) -> Response:
    return Response(text, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _public(document: dict[str, Any], content_type: str = "application/ld+json") -> Response:
    """For any program anywhere; for a few minutes, so that it hears of a revocation soon."""
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}
    return Response(json.dumps(document, ensure_ascii=False), content_type=content_type, headers=headers)
