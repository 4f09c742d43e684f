"""Translations of modules, and how far each follows its original."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from training.courses.models import Module, ModuleVersion
from training.courses.rules.translations import is_behind
from training.courses.rules.versions import Version
from training.db import db


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation as it stands now: what it is called, the version of its original that it follows, and the one that the original is at."""

    slug: str
    title: str
    language: str
    original_slug: str
    original_title: str
    follows: Version
    current: Version

    @property
    def is_behind(self) -> bool:
        """Whether its original says more by now, corrections apart."""
        return is_behind(self.follows, self.current)


def translations() -> list[Translation]:
    """Every translation, by its original's id, its language and its own id; one statement."""
    return _found(_asked())


def translations_of(module_id: int) -> list[Translation]:
    """The translations of this module, by language and id."""
    return _found(_asked().where(Module.original_id == module_id))


def translation_at(module_id: int) -> Translation | None:
    """This module as a translation; nothing where it is an original."""
    return next(iter(_found(_asked().where(Module.id == module_id))), None)


def _asked() -> Select[Any]:
    original, told = aliased(Module), aliased(ModuleVersion)
    numbers = (told.major, told.minor, told.patch)
    return (
        select(Module.slug, ModuleVersion.title, Module.language, original.slug.label("original_slug"), told.title.label("original_title"), *numbers)
        .add_columns(ModuleVersion.followed)
        .join(ModuleVersion, ModuleVersion.id == Module.current_version_id)
        .join(original, original.id == Module.original_id)
        .join(told, told.id == original.current_version_id)
        .order_by(original.slug, Module.language, Module.slug)
    )


def _found(asked: Select[Any]) -> list[Translation]:
    return [
        Translation(
            row.slug, row.title, row.language, row.original_slug, row.original_title, Version.parse(row.followed), Version(row.major, row.minor, row.patch)
        )
        for row in db.session.execute(asked)
    ]
