"""Which values facts and addresses may have, and the one way each is written."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from training.accounts.rules.facts import FactKind, Role, Status

EMAIL = re.compile(r"[^@\s,;<>()\[\]\\\"]+@[^@\s,;<>()\[\]\\\".]+(\.[^@\s,;<>()\[\]\\\".]+)+")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
MARKET = re.compile(r"[A-Z]{2}")

NAME_LENGTH = 200
MULTIPLIERS = (1.0, 3.0)
LONGEST_BREAK_SECONDS = 2 * 60 * 60


def normal_email(text: str) -> str:
    """An e-mail address as it is kept and compared: no blanks around it, lower case."""
    return text.strip().lower()


def email_is_well_formed(text: str) -> bool:
    """Whether mail could be sent there: one @, a domain with a dot, at most 254 characters."""
    return len(text) <= 254 and EMAIL.fullmatch(text) is not None


@cache
def named_zones() -> tuple[str, ...]:
    """Time zones by place, as people choose them: `Asia/Jakarta`. Found once: every zone's file is looked into."""
    found = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/")))
    return tuple(found)


def fact_value(kind: FactKind, value: object) -> object:
    """This value as the ledger keeps it: lists sorted and without repeats.

    Raises ValueError with a sentence that says what is wrong and which values there are.
    """
    return _WRITERS[kind](value)


def _status(value: object) -> object:
    try:
        return Status(str(value)).value
    except ValueError:
        raise ValueError(f"“{value}” is no status; use {_either(Status)}.") from None


def _roles(value: object) -> object:
    known = {role.value for role in Role}
    return _members(value, known.__contains__, f"is no role; use {_either(Role)}.")


def _team(value: object) -> object:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ValueError(f"“{value}” is no team.")


def _languages(value: object) -> object:
    return _members(value, lambda code: bool(LANGUAGE.fullmatch(code)), "is no language code; write en, id or pt-BR.")


def _markets(value: object) -> object:
    return _members(value, lambda code: bool(MARKET.fullmatch(code)), "is no market code; write two capitals, such as ID.")


def _cohorts(value: object) -> object:
    return _members(value, str.isdecimal, "is no cohort.")


def _time_zone(value: object) -> object:
    if value is None:
        return None
    try:
        return ZoneInfo(str(value)).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"“{value}” is no time zone; write it like Asia/Jakarta.") from None


def _accommodations(value: object) -> object:
    if not isinstance(value, Mapping) or not set(value) <= {"time_multiplier", "extra_break_seconds"}:
        raise ValueError("Accommodations are a time multiplier and extra break seconds.")
    multiplier, seconds = float(value.get("time_multiplier", 1)), int(value.get("extra_break_seconds", 0))
    if not MULTIPLIERS[0] <= multiplier <= MULTIPLIERS[1]:
        raise ValueError(f"The time multiplier lies between {MULTIPLIERS[0]:g} and {MULTIPLIERS[1]:g}.")
    if not 0 <= seconds <= LONGEST_BREAK_SECONDS:
        raise ValueError(f"Extra breaks lie between 0 and {LONGEST_BREAK_SECONDS // 60} minutes.")
    return {"time_multiplier": multiplier, "extra_break_seconds": seconds}


def _name(value: object) -> object:
    text = " ".join(str(value).split())
    if not 0 < len(text) <= NAME_LENGTH:
        raise ValueError(f"A name has 1 to {NAME_LENGTH} characters.")
    return text


def _members(value: object, is_known: Callable[[str], bool], otherwise: str) -> list[str]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ValueError(f"“{value}” is no list.")
    members = sorted({str(member) for member in value})
    for member in members:
        if not is_known(member):
            raise ValueError(f"“{member}” {otherwise}")
    return members


def _either(choices: Iterable[str]) -> str:
    *most, last = [str(choice) for choice in choices]
    return f"{', '.join(most)} or {last}"


_WRITERS: Mapping[FactKind, Callable[[object], object]] = {
    FactKind.STATUS: _status,
    FactKind.ROLES: _roles,
    FactKind.TEAM: _team,
    FactKind.LANGUAGES: _languages,
    FactKind.MARKETS: _markets,
    FactKind.TIME_ZONE: _time_zone,
    FactKind.ACCOMMODATIONS: _accommodations,
    FactKind.NAME: _name,
    FactKind.COHORTS: _cohorts,
}
