"""Modules, courses and what people did with them, as small and valid as they can be."""

from datetime import UTC, datetime
from typing import Any

import factory

from training.actors import SYSTEM
from training.courses import queries, services
from training.courses.documents import CourseDocument, ModuleDocument
from training.courses.models import Course, Module
from training.db import db

EARLIER = datetime(2026, 3, 1, 9, tzinfo=UTC)

CLAUSE = """/// clause | {code}
    labels: [{label}]

**Rule.** {rule}

**Why.** It harms people.

- **Violating:** a listing that does it.
- **Allowed:** a listing that does not.
- **Borderline:** a listing that hints at it; ask a colleague.
///
"""


def clause(code: str = "PRO-01.a", rule: str = "No offers of firearms.", *, label: str | None = None) -> str:
    """A clause block with its three kinds of example."""
    return CLAUSE.format(code=code, label=label or code.partition(".")[0], rule=rule)


def body(*clauses: str, opening: str = "What this module is for.") -> str:
    """The Markdown of a small module."""
    return f"{opening}\n\n## Purpose\n\nRead it first.\n\n## Rules\n\n" + "\n".join(clauses or (clause(),))


class ModuleDocumentFactory(factory.Factory):
    class Meta:
        model = ModuleDocument

    id = factory.Sequence(lambda number: f"module-{number}")
    title = factory.Sequence(lambda number: f"Module {number}")
    area = "PRO"
    language = "en"
    version = "1.0.0"
    summary = "Says what may not be sold."
    body = factory.LazyFunction(body)


class CourseDocumentFactory(factory.Factory):
    class Meta:
        model = CourseDocument

    id = factory.Sequence(lambda number: f"course-{number}")
    title = factory.Sequence(lambda number: f"Course {number}")
    summary = "What everybody learns first."
    language = "en"
    modules = ("prohibited-goods",)
    expected_minutes = 30


class ModuleFactory(factory.Factory):
    """A published module; the arguments are those of its document, and `now`. Clauses of its own, so that two modules do not share any."""

    class Meta:
        model = Module

    number = factory.Sequence(lambda number: number)
    now = EARLIER

    @classmethod
    def _create(cls, model_class: type[Module], *args: Any, **values: Any) -> Module:
        number, now = values.pop("number"), values.pop("now")
        values.setdefault("body", body(clause(f"PRO-{number % 90 + 10}.a")))
        document = ModuleDocumentFactory(**values)
        services.publish_module(document, now=now, by=SYSTEM)
        db.session.commit()
        return queries.module_by_slug(document.id)


class CourseFactory(factory.Factory):
    """A published course; the arguments are those of its document, and `now`."""

    class Meta:
        model = Course

    now = EARLIER

    @classmethod
    def _create(cls, model_class: type[Course], *args: Any, **values: Any) -> Course:
        now = values.pop("now")
        document = CourseDocumentFactory(**values)
        services.publish_course(document, now=now, by=SYSTEM)
        db.session.commit()
        return queries.course_by_slug(document.id)
