"""The people of the demo. Days are counted back from the first start."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from training.accounts.rules import Role

LISTINGS, REPORTS, TRAINING = "Listings Jakarta", "Reports Manila", "Training and quality"
COHORT = "Spring cohort"
"""Those who have left since."""
TEAMS = (LISTINGS, REPORTS, TRAINING, COHORT)

MAIL_DOMAIN = "example.org"


class Course(StrEnum):
    """The two ways in that the shipped content has: a course, which ends in an exam, which earns a certificate."""

    FIRST_QUEUE = "first-queue"
    ONBOARDING = "onboarding"

    @property
    def exam(self) -> str:
        """The exam that the course ends in."""
        return {Course.FIRST_QUEUE: "entry-exam", Course.ONBOARDING: "onboarding-exam"}[self]

    @property
    def certification(self) -> str:
        """What passing it earns."""
        return {Course.FIRST_QUEUE: "claims-reviewer", Course.ONBOARDING: "marketplace-moderator"}[self]


@dataclass(frozen=True, slots=True)
class Study:
    """How far somebody came in a course: the share of its steps they did, ending so many days ago, and the exams they sat."""

    course: Course
    ended: int
    share: float = 1.0
    failed: tuple[int, ...] = ()
    """Days on which the exam was not passed."""
    passed: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """An assignment: how many days ago, and in how many days from then it is due."""

    course: Course
    asked: int
    within: int


@dataclass(frozen=True, slots=True)
class Career:
    """What has happened to somebody."""

    asked: tuple[Asked, ...] = ()
    studies: tuple[Study, ...] = ()
    suspended: int | None = None
    revoked: int | None = None
    left: int | None = None
    override: str | None = None
    """A queue that the lead opened for them since yesterday."""


@dataclass(frozen=True, slots=True)
class CastMember:
    """One person of the demo."""

    key: str
    name: str
    team: str
    roles: tuple[Role, ...] = (Role.MODERATOR,)
    joined: int = 150
    languages: tuple[str, ...] = ("en", "id")
    markets: tuple[str, ...] = ("ID",)
    time_zone: str = "Asia/Jakarta"
    time_multiplier: float = 1.0
    extra_break_seconds: int = 0
    part: str = ""
    """What somebody who tries the demo as them will find; nobody signs in as those who have none."""
    is_invited: bool = False
    """Whether they have not come yet."""
    career: Career = field(default_factory=Career)
    accuracy: float | None = None
    """How often they are right in an exam, whatever comes of it; those who have none pass and fail as their career says."""

    @property
    def signs_in(self) -> bool:
        """Whether the demo prints their login."""
        return bool(self.part)

    @property
    def email(self) -> str:
        """Their address, which nobody can have."""
        return f"{self.key}@{MAIL_DOMAIN}"


def _certified(entry: int, onboarding: int) -> tuple[Study, Study]:
    """Both courses completed and both exams passed, so many days ago."""
    return (
        Study(Course.FIRST_QUEUE, ended=entry + 1, passed=entry),
        Study(Course.ONBOARDING, ended=onboarding + 2, passed=onboarding),
    )


STAFF = (
    CastMember(
        "newhire",
        "Putri Anjani",
        LISTINGS,
        joined=2,
        part="new, with everything still to do",
        career=Career(asked=(Asked(Course.FIRST_QUEUE, 2, 7), Asked(Course.ONBOARDING, 2, 28))),
    ),
    CastMember(
        "renewing",
        "Bagas Pratama",
        LISTINGS,
        time_multiplier=1.25,
        extra_break_seconds=300,
        part="certified; the certificate ends in three weeks",
        career=Career(studies=_certified(95, 70)),
    ),
    CastMember("trainer", "Ratna Widyastuti", TRAINING, roles=(Role.TRAINER,), joined=210, part="writes modules, cases, items and exams"),
    CastMember(
        "reviewer",
        "Nguyễn Minh Châu",
        TRAINING,
        roles=(Role.TRAINER,),
        joined=200,
        languages=("en", "vi"),
        markets=("VN",),
        time_zone="Asia/Ho_Chi_Minh",
        part="reviews colleagues' drafts",
    ),
    CastMember("lead", "I Made Suryadi", LISTINGS, roles=(Role.LEAD,), joined=210, time_zone="Asia/Makassar", part="leads the Jakarta team"),
    CastMember("qa", "Farah Nabila", TRAINING, roles=(Role.QA,), joined=205, part="watches quality"),
    CastMember("admin", "Hendra Wijaya", TRAINING, roles=(Role.ADMIN,), joined=215, part="people, teams and programs"),
    CastMember(
        "auditor",
        "Maria Ángela dela Cruz",
        REPORTS,
        roles=(Role.AUDITOR,),
        joined=120,
        languages=("en", "fil"),
        markets=("PH",),
        time_zone="Asia/Manila",
        part="reads who did what",
    ),
)

MODERATORS = (
    CastMember("citra.maharani", "Citra Maharani", LISTINGS, joined=190, career=Career(studies=_certified(160, 41))),
    CastMember("yusuf.maulana", "Yusuf Maulana", LISTINGS, joined=180, career=Career(studies=_certified(150, 12))),
    CastMember("intan.permata", "Intan Permatasari", LISTINGS, joined=200, career=Career(studies=_certified(185, 118), override="listing-risk-id")),
    CastMember("rizky.ramadhan", "Rizky Ramadhan", LISTINGS, joined=140, career=Career(studies=_certified(101, 55), suspended=6)),
    CastMember(
        "wulan.sari",
        "Wulan Sari",
        LISTINGS,
        joined=40,
        career=Career(
            asked=(Asked(Course.ONBOARDING, 30, 26),),
            studies=(Study(Course.FIRST_QUEUE, ended=25, passed=24), Study(Course.ONBOARDING, ended=3, share=0.55)),
        ),
    ),
    CastMember(
        "galih.saputra",
        "Galih Saputra",
        LISTINGS,
        joined=12,
        career=Career(asked=(Asked(Course.FIRST_QUEUE, 11, 14),), studies=(Study(Course.FIRST_QUEUE, ended=1, share=0.4),)),
    ),
    CastMember(
        "nurul.hidayah",
        "Nurul Hidayah",
        LISTINGS,
        joined=35,
        career=Career(
            asked=(Asked(Course.ONBOARDING, 33, 40),),
            studies=(
                Study(Course.FIRST_QUEUE, ended=28, failed=(27,), passed=25),
                Study(Course.ONBOARDING, ended=5, failed=(4, 2)),
            ),
        ),
    ),
    CastMember("fajar.nugroho", "Fajar Nugroho", LISTINGS, joined=195, career=Career(studies=_certified(165, 84))),
    CastMember(
        "ayu.kusumaningrum",
        "Raden Ayu Siti Kusumaningrum Wiryodiningrat",
        LISTINGS,
        joined=60,
        time_multiplier=1.5,
        career=Career(studies=(Study(Course.FIRST_QUEUE, ended=45, passed=44),)),
    ),
    CastMember("dimas.setiawan", "Dimas Setiawan", LISTINGS, joined=185, career=Career(studies=_certified(140, 77), left=15)),
    CastMember(
        "tiara.kusuma",
        "Tiara Kusuma",
        LISTINGS,
        joined=20,
        career=Career(asked=(Asked(Course.FIRST_QUEUE, 19, 14),), studies=(Study(Course.FIRST_QUEUE, ended=9, share=1.0),)),
    ),
    CastMember(
        "jose.santos",
        "José Miguel Santos",
        REPORTS,
        joined=150,
        languages=("en", "fil"),
        markets=("PH",),
        time_zone="Asia/Manila",
        career=Career(studies=_certified(120, 33)),
    ),
    CastMember(
        "somchai.rattanakul",
        "Somchai Rattanakul",
        REPORTS,
        joined=160,
        languages=("en", "th"),
        markets=("TH",),
        time_zone="Asia/Bangkok",
        career=Career(studies=_certified(130, 62), revoked=20),
    ),
    CastMember("hoa.le", "Lê Thị Hoa", REPORTS, joined=3, languages=("en", "vi"), markets=("VN",), time_zone="Asia/Ho_Chi_Minh", is_invited=True),
)

CAST = (*STAFF, *MODERATORS)


def cast_member(key: str, cast: Iterable[CastMember] = CAST) -> CastMember:
    """The member of this key. Raises KeyError."""
    found = {member.key: member for member in cast}
    return found[key]
