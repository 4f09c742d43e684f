"""What people have read, acknowledged, passed and practised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from training.courses.models import Acknowledgement, CheckPass, Module, ModuleVersion, PracticeTally, SectionRead
from training.courses.rules.progress import Learned
from training.courses.rules.versions import Version, newest_versions
from training.db import db


@dataclass(frozen=True, slots=True)
class AcknowledgedVersion:
    """One entry of the acknowledgement ledger: in force from `acknowledged_at`, known since `recorded_at`."""

    module_slug: str
    major: int
    minor: int
    patch: int
    acknowledged_at: datetime
    recorded_at: datetime

    @property
    def version(self) -> Version:
        """The three numbers, to be compared."""
        return Version(self.major, self.minor, self.patch)


def acknowledged_versions(person_id: int) -> list[AcknowledgedVersion]:
    """Everything this person acknowledged, in the order in which it was recorded."""
    return acknowledgements_of([person_id]).get(person_id, [])


def acknowledgements_of(person_ids: Iterable[int]) -> dict[int, list[AcknowledgedVersion]]:
    """The same for several people, in one statement; people who acknowledged nothing are left out."""
    statement = (
        select(Acknowledgement, Module.slug)
        .join(Module, Acknowledgement.module_id == Module.id)
        .where(Acknowledgement.person_id.in_(set(person_ids)))
        .order_by(Acknowledgement.recorded_at, Acknowledgement.id)
    )
    found: dict[int, list[AcknowledgedVersion]] = {}
    for entry, slug in db.session.execute(statement):
        version = AcknowledgedVersion(slug, entry.major, entry.minor, entry.patch, entry.acknowledged_at, entry.recorded_at)
        found.setdefault(entry.person_id, []).append(version)
    return found


def readers_of(module_slug: str) -> frozenset[int]:
    """Everybody who ever acknowledged a version of this module."""
    statement = select(Acknowledgement.person_id).join(Module, Module.id == Acknowledgement.module_id).where(Module.slug == module_slug)
    return frozenset(db.session.scalars(statement.distinct()))


def acknowledgement(person_id: int, module_version_id: int) -> Acknowledgement | None:
    """This person's acknowledgement of exactly this version."""
    return db.session.scalar(select(Acknowledgement).where(Acknowledgement.person_id == person_id, Acknowledgement.module_version_id == module_version_id))


def newest_acknowledged(person_id: int) -> dict[str, Version]:
    """The newest version this person acknowledged of each module, by slug."""
    return newest_versions((entry.module_slug, entry.version) for entry in acknowledged_versions(person_id))


def newest_read_before(person_id: int, module: Module) -> ModuleVersion | None:
    """The newest version, older than the current one, that this person acknowledged or read a section of."""
    acknowledged = select(Acknowledgement.module_version_id).where(Acknowledgement.person_id == person_id)
    read = select(SectionRead.module_version_id).where(SectionRead.person_id == person_id)
    versions = db.session.scalars(select(ModuleVersion).where(ModuleVersion.module_id == module.id, ModuleVersion.id.in_(acknowledged.union(read))))
    current = module.current_version
    older = [version for version in versions if current is not None and version.version < current.version]
    return max(older, key=lambda version: version.version, default=None)


def sections_read(person_id: int, module_version_id: int) -> frozenset[str]:
    """The anchors of the sections of this version that this person has read."""
    statement = select(SectionRead.anchor).where(SectionRead.person_id == person_id, SectionRead.module_version_id == module_version_id)
    return frozenset(db.session.scalars(statement))


def sections_read_counts(person_id: int) -> dict[int, int]:
    """How many sections this person has read of each module version, by its id."""
    statement = select(SectionRead.module_version_id, func.count()).where(SectionRead.person_id == person_id).group_by(SectionRead.module_version_id)
    return dict(db.session.execute(statement).all())


def passed_checks(person_id: int) -> frozenset[str]:
    """The slugs of the checks that this person has ever passed."""
    return passed_checks_of([person_id]).get(person_id, frozenset())


def passed_checks_of(person_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The same for several people."""
    rows = db.session.execute(select(CheckPass.person_id, CheckPass.check_slug).where(CheckPass.person_id.in_(set(person_ids))).distinct())
    found: dict[int, frozenset[str]] = {}
    for person_id, slug in rows:
        found[person_id] = found.get(person_id, frozenset()) | {slug}
    return found


def practice_counts(person_id: int) -> dict[str, int]:
    """How many practice cases this person has answered, by area."""
    return practice_counts_of([person_id]).get(person_id, {})


def practice_counts_of(person_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """The same for several people."""
    found: dict[int, dict[str, int]] = {}
    for tally in db.session.scalars(select(PracticeTally).where(PracticeTally.person_id.in_(set(person_ids)))):
        found.setdefault(tally.person_id, {})[tally.area] = tally.count
    return found


def learned(person_id: int, *, areas: Iterable[str]) -> Learned:
    """What this person has done that counts for a course over these areas."""
    return learned_of([person_id], areas=areas)[person_id]


def learned_of(person_ids: Iterable[int], *, areas: Iterable[str]) -> dict[int, Learned]:
    """The same for several people, in three statements."""
    ids, wanted = set(person_ids), set(areas)
    acknowledged, passed, counted = acknowledgements_of(ids), passed_checks_of(ids), practice_counts_of(ids)
    return {
        person_id: Learned(
            acknowledged=newest_versions((entry.module_slug, entry.version) for entry in acknowledged.get(person_id, [])),
            checks=passed.get(person_id, frozenset()),
            practice_count=sum(count for area, count in counted.get(person_id, {}).items() if area in wanted),
        )
        for person_id in ids
    }


def personal_record(person_id: int) -> dict[str, object]:
    """What a person read and acknowledged, passed and practised, as they take it away."""
    return {
        "acknowledged": [
            {"module": entry.module_slug, "version": str(entry.version), "acknowledged_at": entry.acknowledged_at} for entry in acknowledged_versions(person_id)
        ],
        "checks_passed": sorted(passed_checks(person_id)),
        "practice_answers_by_area": practice_counts(person_id),
    }
