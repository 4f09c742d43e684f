"""An exam hall, made up by arithmetic: a bank, an exam with an announced window, and candidates who are signed in."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import yaml
from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from support import ROOT
from support.databases import Database, Filling, application
from training.accounts.services import token_hash
from training.actors import SYSTEM
from training.cases.documents import CaseDocument, TaxonomyDocument
from training.cases.services import store_case, store_taxonomy
from training.certification.documents import CertificationDocument
from training.certification.services import publish_certification
from training.db import db
from training.exams.documents import ExamDocument, ItemDocument
from training.exams.queries import exam_by_slug
from training.exams.services import prepare_form, publish_exam, store_item

AREAS = ("PRO", "IPR", "CLM", "FRD")
FORM_LENGTH = 60
FORMS_WORTH = 8
"""So many forms without a common item the bank holds, so that the caps bind."""
EXAM = "hall-exam"
DIFFICULTIES = ("clear", "typical", "borderline")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody with a browser: the headers that every request of theirs carries, and what the cookie holds."""

    person_id: int
    token: str
    cookie: str
    form_token: str

    def request(self, method: str, path: str, body: bytes = b"") -> bytes:
        """One request as bytes."""
        lines = [f"{method} {path} HTTP/1.1", "Host: bench", f"Cookie: touchstone={self.cookie}", f"X-CSRFToken: {self.form_token}"]
        if method != "GET":
            lines += ["Content-Type: application/json", "Accept: application/json", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body


def exam_document(length: int, opens_at: datetime) -> ExamDocument:
    """So many items over four areas, half of them cases, as the exam that ends onboarding is made; its window is open for a day."""
    quarter, tenth, half = length // 4, length // 10, length // 2
    cells: list[dict[str, Any]] = [{"area": area, "minimum": quarter - 2, "maximum": quarter + 2} for area in AREAS]
    cells += [{"area": area, "decision_class": "innocent", "minimum": max(0, tenth - 3), "maximum": tenth + 3} for area in AREAS]
    cells += [{"decision_class": "innocent", "minimum": 4 * tenth - 4, "maximum": 4 * tenth + 4}, {"kind": "case", "minimum": half - 2, "maximum": half + 2}]
    cells += [{"difficulty": "borderline", "minimum": tenth, "maximum": 4 * tenth}]
    return ExamDocument.model_validate(
        {
            "id": EXAM,
            "title": "The exam of the hall",
            "version": "1.0.0",
            "certification": "hall-certificate",
            "item_count": length,
            "time_limit_minutes": 90,
            "window": {"opens_at": opens_at, "closes_at": opens_at + timedelta(days=1)},
            "cells": cells,
            "pass_rule": {"weighted_percent": 85},
        }
    )


def _choice(number: int, area: str) -> ItemDocument:
    is_innocent = number % 5 < 2
    return ItemDocument.model_validate(
        {
            "id": f"choice-{area.lower()}-{number}",
            "kind": "single" if number % 4 else "multiple",
            "state": "live",
            "language": "en",
            "area": area,
            "severity": "S0" if is_innocent else "S2",
            "decision_class": "innocent" if is_innocent else "violating",
            "difficulty": DIFFICULTIES[number % 3],
            "family": f"fam-choice-{area.lower()}-{number}",
            "clauses": [f"{area}-01.a"],
            "stem": f"A shop offers thing {number} and says that it is the best of its kind.\n\n> Only today, only here.\n\nWhat do you do?",
            "options": [{"id": letter, "text": f"Option {letter} of question {number}", "correct": letter == "b"} for letter in "abcd"],
            "rationale": "What the clause says.",
        }
    )


def _case(number: int, area: str) -> CaseDocument:
    is_innocent = number % 5 < 2
    reference = {
        "decisions": [["APPROVE"]] if is_innocent else [["REMOVE"]],
        "labels": ["OUT-00" if is_innocent else f"{area}-01"],
        "severity": "S0" if is_innocent else "S2",
        "clauses": [f"{area}-01.a"],
        "rationale": "What the clause says.",
    }
    if not is_innocent:
        reference["evidence"] = [{"field": "text", "quote": "best of its kind"}]
    content = {
        "product": f"Thing {number}",
        "stars": 4,
        "text": f"Thing {number} is the best of its kind. {'Bought twice. ' * 10}",
        "reviewer": "b***i",
        "order": {"Paid": "Rp 1"},
    }
    values = {"id": f"hall-{area.lower()}-{number}", "surface": "review", "language": "en", "market": "ID", "pool": "exam"}
    values |= {"family": f"fam-{area.lower()}-{number}", "difficulty": DIFFICULTIES[number % 3]}
    return CaseDocument.model_validate(values | {"content": content, "reference": reference})


def build_hall(*, length: int, then: datetime, opens_at: datetime) -> None:
    """Put taxonomy, bank, certification and exam into the database."""
    store_taxonomy(TaxonomyDocument.model_validate(yaml.safe_load((ROOT / "content" / "taxonomy.yaml").read_text())), now=then, by=SYSTEM)
    for area in AREAS:
        for number in range(FORMS_WORTH * length // len(AREAS)):
            if number % 2:
                store_item(_choice(number, area), by=SYSTEM, now=then)
                continue
            case = _case(number, area)
            store_case(case, media={}, now=then, by=SYSTEM)
            store_item(ItemDocument.model_validate({"id": f"item-{case.id}", "kind": "case", "state": "live", "case": case.id}), by=SYSTEM, now=then)
    certificate = {"id": "hall-certificate", "title": "The certificate of the hall", "summary": "What it opens.", "needs": {"exam": EXAM}}
    publish_certification(CertificationDocument.model_validate(certificate), by=SYSTEM, now=then)
    publish_exam(exam_document(length, opens_at), allow_public=False, by=SYSTEM, now=then)
    db.session.commit()


def settle_hall(database: Database, count: int, *, length: int = FORM_LENGTH) -> list[Candidate]:
    """Put the hall and so many candidates into this database, all of them signed in; its exam has forms of this length."""
    now = datetime.now(UTC)
    app = application(database.url)
    with app.app_context():
        build_hall(length=length, then=now - timedelta(days=100), opens_at=now)
        db.engine.dispose()
    tokens = [secrets.token_urlsafe(32) for _ in range(count)]
    database.fill(_fillings(tokens, now))
    return [_candidate(app, person_id, token) for person_id, token in enumerate(tokens, start=1)]


def prepare_forms(database: Database, candidates: Iterable[Candidate]) -> None:
    """Draw these candidates' forms ahead, as the job does before an announced window opens."""
    now = datetime.now(UTC)
    app = application(database.url)
    with app.app_context():
        for candidate in candidates:
            prepare_form(exam_by_slug(EXAM), candidate.person_id, allow_public=False, now=now)
            db.session.commit()
        db.engine.dispose()


def _candidate(app: Flask, person_id: int, token: str) -> Candidate:
    sessions = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    raw = hashlib.sha1(token.encode()).hexdigest()
    form_token = str(URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(raw))
    return Candidate(person_id, token, sessions.dumps({"_user_id": token, "csrf_token": raw}), form_token)


def _fillings(tokens: list[str], now: datetime) -> Iterator[Filling]:
    then, today, later = (f"{now + timedelta(days=days):%Y-%m-%d %H:%M:%S.%f}" for days in (-100, 0, 7))
    numbers = range(1, len(tokens) + 1)
    people = ((number, f"p_{number:016}", f"candidate{number}@example.org", "A candidate", "a candidate", "0", then) for number in numbers)
    yield Filling("people", ("id", "public_id", "email", "name", "sort_name", "is_demo", "created_at"), people)
    said = (("status", '"active"'), ("roles", '["moderator"]'), ("name", '"A candidate"'), ("languages", '["en"]'), ("markets", '["ID"]'))
    facts = ((number, kind, f'{{"value": {value}}}', then, then) for number in numbers for kind, value in said)
    yield Filling("person_facts", ("person_id", "kind", "value", "effective_from", "recorded_at"), facts)
    columns = ("token_hash", "person_id", "started_at", "last_seen_at", "expires_at", "browser")
    yield Filling("sign_in_sessions", columns, ((token_hash(token), number, today, today, later, "bench") for number, token in enumerate(tokens, start=1)))
