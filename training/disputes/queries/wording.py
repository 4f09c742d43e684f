"""Remarks on the wording of clauses: a person's own, and all that wait for an answer."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select

from training.courses.models import Clause, ClauseVersion, Module, ModuleVersion
from training.db import db
from training.disputes.models import WordingAnswer, WordingRemark
from training.errors import NotFound


@dataclass(frozen=True, slots=True)
class Remarked:
    """A remark with the clause as it was worded, its module, and the answer."""

    remark: WordingRemark
    clause: ClauseVersion
    module_slug: str
    module_title: str
    answer: WordingAnswer | None


def clause_in_force(anchor: str) -> ClauseVersion:
    """The clause of this anchor (its code in small letters) as its module words it now. Raises NotFound where none does."""
    question = (
        select(ClauseVersion).join(Clause, Clause.id == ClauseVersion.clause_id).join(Module, Module.current_version_id == ClauseVersion.module_version_id)
    )
    found = db.session.scalar(question.where(func.lower(Clause.code) == anchor.lower()))
    if found is None:
        raise NotFound(anchor)
    return found


def remark_by(person_id: int, clause_version_id: int) -> WordingRemark | None:
    """What this person said of this wording, if they did."""
    own = (WordingRemark.person_id == person_id, WordingRemark.clause_version_id == clause_version_id)
    return db.session.scalar(select(WordingRemark).where(*own))


def remarked(remark_id: int) -> Remarked:
    """One remark, whosever it is. Raises NotFound."""
    row = db.session.execute(_remarks().where(WordingRemark.id == remark_id)).one_or_none()
    if row is None:
        raise NotFound(remark_id)
    return Remarked(*row)


def remarks_page(*, person_id: int | None = None, before_id: int | None = None, size: int = 30) -> list[Remarked]:
    """Remarks, this person's alone where one is named, the latest first, one page of them."""
    question = _remarks().order_by(WordingRemark.id.desc()).limit(size)
    if person_id is not None:
        question = question.where(WordingRemark.person_id == person_id)
    if before_id is not None:
        question = question.where(WordingRemark.id < before_id)
    return [Remarked(*row) for row in db.session.execute(question)]


def hold_clause(clause_version_id: int) -> None:
    """Let nobody else remark on this wording until the transaction ends."""
    db.session.execute(select(ClauseVersion.id).where(ClauseVersion.id == clause_version_id).with_for_update(key_share=True))


def hold_remark(remark: WordingRemark) -> WordingAnswer | None:
    """Let nobody else answer until the transaction ends; the answer that there is already."""
    db.session.execute(select(WordingRemark.id).where(WordingRemark.id == remark.id).with_for_update(key_share=True))
    return db.session.get(WordingAnswer, remark.id)


def _remarks() -> Select[WordingRemark, ClauseVersion, str, str, WordingAnswer]:
    return (
        select(WordingRemark, ClauseVersion, Module.slug, ModuleVersion.title, WordingAnswer)
        .join(ClauseVersion, ClauseVersion.id == WordingRemark.clause_version_id)
        .join(ModuleVersion, ModuleVersion.id == ClauseVersion.module_version_id)
        .join(Module, Module.id == ModuleVersion.module_id)
        .outerjoin(WordingAnswer, WordingAnswer.remark_id == WordingRemark.id)
    )
