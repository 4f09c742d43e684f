"""Making the packs that wait, portion by portion, and counting what figures about the organisation add up."""

from datetime import datetime
from hashlib import sha256

from flask import current_app

from training import clock
from training.accounts.queries import person
from training.audit.services import seal
from training.config import secrets_of
from training.db import begin_writing, db
from training.insights.documents import SCHEMA, About, Issuer, PublicKey
from training.insights.files import draft_of, paper_of
from training.insights.models import EvidencePack
from training.insights.queries import has_turned, hold_counting, is_anything_noted_widely, is_anything_to_count
from training.insights.services.counting import count_noted
from training.insights.services.drafting import tell_some
from training.insights.services.finishing import Told, note_made, note_told, put_back, remove_stray_files, something_waits, take_waiting
from training.insights.services.lining import turn
from training.insights.services.making import make_pack
from training.insights.services.surveying import DECISIONS, EFFECTS, WAYS, count_as_a_whole, is_time_for
from training.insights.services.widening import note_each
from training.jobs import every
from training.keys.rules import ISSUER_PATH, PublishedKey, json_web_key
from training.keys.services import signer

MOST_SEALED = 1_000_000
MOST_ROUNDS = 8
"""Portions of people counted anew at once: about two seconds, of the five until the next time."""


@every(seconds=2)
def go_on_with_packs(now: datetime) -> None:
    """Tell of some more people in the pack that waits longest, and make it of what is told once that is everybody.

    One portion at a time, so that other jobs are not kept waiting. Nothing is locked meanwhile.
    """
    if not something_waits(now=now):
        return
    begin_writing()
    pack = take_waiting(now=now)
    if pack is None:
        return
    db.session.commit()
    told = tell_some(pack)
    begin_writing()
    note_told(pack, told, now=now)
    if told.is_everybody:
        pack.begun_at = now
        db.session.commit()
        _make(pack, told, now)


def _make(pack: EvidencePack, told: Told, now: datetime) -> None:
    """Seal what the pack may cite, write its files, and note which they are."""
    from training.insights.rendering import Sheet, pack_pdf  # noqa: PLC0415  # Brings fpdf and its fonts along.

    begin_writing()
    seal(now=now, limit=MOST_SEALED)
    by = signer(secrets_of(current_app.config), now=now)
    db.session.commit()
    about = _about(pack, PublishedKey(by.number, by.private_key.public_key().public_bytes_raw()), now)
    made = make_pack(pack, told, about, by=by, now=now)
    if made is None:
        begin_writing()
        put_back(pack)
        return
    paper = pack_pdf(Sheet(about, made.facts, made.head, made.sha256, told.person_count))
    paper_of(pack.public_id).write_bytes(paper)
    begin_writing()
    note_made(pack, made, sha256(paper).hexdigest(), now=clock.now())
    db.session.commit()
    draft_of(pack.public_id).unlink(missing_ok=True)


@every(seconds=60)
def remove_strays(_now: datetime) -> None:
    """Delete the files of packs that are gone, with whom they were about or by their age."""
    remove_stray_files()


def _about(pack: EvidencePack, key: PublishedKey, now: datetime) -> About:
    site_url = current_app.config["PUBLIC_URL"]
    return About(
        schema=SCHEMA,
        number=pack.public_id,
        address=f"{site_url}/evidence/{pack.public_id}",
        made_at=now,
        made_for=person(pack.asked_by_id).public_id,
        has_names=pack.has_names,
        language=pack.language,
        issuer=Issuer(
            name=current_app.config["ORGANISATION_NAME"],
            address=site_url + ISSUER_PATH,
            key=PublicKey.model_validate(json_web_key(key, site_url=site_url)),
        ),
    )


@every(seconds=5)
def count_the_organisation(now: datetime) -> None:
    """Count anew whatever changed, by deeds or by the clock, some people at a time, so that neither who saves waits long nor other jobs."""
    if is_anything_noted_widely():
        begin_writing()
        note_each(now=now)
        db.session.commit()
    for _ in range(MOST_ROUNDS):
        if not is_anything_to_count(now=now):
            break
        begin_writing()
        count_noted(now=now)
        db.session.commit()
    if has_turned(now=now):
        begin_writing()
        hold_counting()
        turn(now=now)


@every(seconds=30)
def count_decisions_and_effects(now: datetime) -> None:
    """Count as a whole what is due for it, one thing a time."""
    for what in (WAYS, DECISIONS, EFFECTS):
        if is_time_for(what, now=now):
            begin_writing()
            count_as_a_whole(what, now=now)
            db.session.commit()
