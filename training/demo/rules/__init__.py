"""Who the demo's people are, and what has happened to them."""

from training.demo.rules.cast import CAST, TEAMS, Career, CastMember, Course, cast_member
from training.demo.rules.chronicle import Deed, DeedKind, chronicle
from training.demo.rules.cohort import FORMER

__all__ = ["CAST", "FORMER", "TEAMS", "Career", "CastMember", "Course", "Deed", "DeedKind", "cast_member", "chronicle"]
