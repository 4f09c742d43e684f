"""Every setting there is. All come from the environment; the table in README.md is compared with this list by a test."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import current_app


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the environment, its default, and what it means."""

    name: str
    default: str | None
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting("DATABASE_URL", "sqlite:///instance/touchstone.sqlite", "Where everything is kept: SQLite, or PostgreSQL 15 or later."),
    Setting("SECRET_KEYS", None, "Keys that sign cookies and links, separated by commas; the first signs, all are accepted. Required."),
    Setting("PUBLIC_URL", "http://127.0.0.1:5000", "The address people use, for links in mail and on certificates."),
    Setting("ORGANISATION_NAME", "Touchstone", "The name shown on certificates and in mail."),
    Setting("ORGANISATION_TIME_ZONE", "Asia/Jakarta", "The zone for people who have chosen none."),
    Setting("CONTENT_DIR", "content", "The folder that the training team keeps in git."),
    Setting("MEDIA_URL", "instance/media", "The folder where media files are stored."),
    Setting("SMTP_URL", None, "Mail server, smtp://user:password@host:587. Unset: mail stays in the outbox."),
    Setting("MAIL_FROM", "touchstone@localhost", "The sender of mail."),
    Setting("JOBS_URL", None, "Where jobs wait; unset: beside an SQLite database, or in the PostgreSQL database."),
    Setting("TRUSTED_PROXIES", "0", "How many proxies in front may say the client's address."),
    Setting("SECURE_COOKIES", "1", "Send cookies over https only. The demo unsets it."),
    Setting("ALLOW_PUBLIC_ITEMS", "0", "Let gating exams use the items that are shipped with the source. For demos only."),
    Setting("VIOLATION_PREVALENCE", "0.25", "The share of violations in the queues, above 0 and below 1: what over- and under-enforcement is judged against."),
    Setting("MISS_COST", "3", "What letting a violation through costs, counted in actions on what was fine."),
    Setting(
        "ACCEPTABLE_ERROR_RATE",
        "0.08",
        "The share of live decisions that may be wrong: more in random audits calls for a talk, and in the end for a suspension.",
    ),
    Setting("SUSPENSION_RISK", "0.01", "The chance, per term of a certificate, that somebody exactly acceptable is ever proposed for suspension."),
    Setting(
        "CARE_DEFAULTS",
        "blur,mute,breaks",
        "How cases are shown to who chose nothing: blur, greyscale, mute, autoplay, thumbnails, breaks, separated by commas, or none.",
    ),
    Setting("SEVERE_DAILY_BUDGET", "24", "How many severe cases (S3, S4) practice shows somebody a day at most; 0 is none."),
    Setting("SEVERE_WEEKLY_BUDGET", "96", "How many a week, from Monday."),
    Setting(
        "SECOND_FACTOR_ROLES",
        "none",
        "Roles that must show a second factor too, separated by commas: moderator, or none. It is demanded of all who may award, override or see keys.",
    ),
    Setting("WAIVE_SECOND_FACTOR", "0", "Let them in with a password alone. For demos only: refused unless DEMO is on."),
    Setting("RETENTION_FILE", None, "The file that says how long each table's rows are kept. Unset: training/upkeep/retention.yaml."),
    Setting("WEBHOOK_PRIVATE_ADDRESSES", "0", "Let webhooks call private addresses, and by plain http. Only where nobody else could be reached so."),
    Setting("DEMO", "0", "Demo deployment: its people, its outbox page. Set by `flask demo`."),
    Setting("PORT", "5000", "Where the demo listens, on 127.0.0.1."),
    Setting("DEMO_PASSWORD", None, "The demo people's password. Unset: made up and printed."),
    Setting("DEMO_API_TOKEN", None, "The demo's API token. Unset: made up and printed."),
)


class MissingSetting(RuntimeError):
    """A setting without a default is not in the environment."""


class WrongSetting(ValueError):
    """A setting in the environment is not what it has to be."""


def _value(setting: Setting, environment: Mapping[str, str]) -> str | None:
    return environment.get(setting.name) or setting.default


def _is_on(value: str | None) -> bool:
    return (value or "").strip().lower() in {"1", "true", "yes", "on"}


def _number_between(values: Mapping[str, str | None], name: str, low: float, high: float) -> float:
    """The number that this setting says. Raises WrongSetting where it is none, or does not lie between."""
    try:
        number = float(values[name] or "")
    except ValueError:
        number = low
    if not low < number < high:
        raise WrongSetting(f"{name} is {values[name]!r}. Give it a number above {low:g} and below {high:g}.")
    return number


def _count(values: Mapping[str, str | None], name: str) -> int:
    """The whole number that this setting says, 0 or more. Raises WrongSetting."""
    if not (values[name] or "").isascii() or not (values[name] or "").isdigit():
        raise WrongSetting(f"{name} is {values[name]!r}. Give it a whole number, 0 or more.")
    return int(values[name] or "")


ROLES = frozenset({"moderator", "trainer", "lead", "qa", "admin", "auditor"})
CARE_WISHES = frozenset({"blur", "greyscale", "mute", "autoplay", "thumbnails", "breaks"})


def _words_of(values: Mapping[str, str | None], name: str, known: frozenset[str]) -> frozenset[str]:
    """The words that this setting lists; `none` alone lists nothing. Raises WrongSetting for a word that is not known."""
    words = frozenset(word.strip().lower() for word in (values[name] or "").split(",")) - {"", "none"}
    if unknown := words - known:
        raise WrongSetting(f"{name} names {', '.join(sorted(unknown))}. It may name {', '.join(sorted(known))}, or none.")
    return words


def _is_waived(values: Mapping[str, str | None]) -> bool:
    """Whether a second factor is demanded of nobody by rule. Raises WrongSetting outside a demo."""
    if _is_on(values["WAIVE_SECOND_FACTOR"]) and not _is_on(values["DEMO"]):
        raise WrongSetting(
            "WAIVE_SECOND_FACTOR is for demos only, and DEMO is not on. Unset it: whoever may award, override or see keys shows a second factor."
        )
    return _is_on(values["WAIVE_SECOND_FACTOR"])


def database_url(url: str, root: Path) -> str:
    """SQLite paths are relative to the project folder; plain PostgreSQL addresses mean the psycopg driver."""
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith("sqlite:////") and url != "sqlite:///:memory:":
        path = root / url.removeprefix(prefix)
        path.parent.mkdir(parents=True, exist_ok=True)
        return f"{prefix}{path}"
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def load_settings(environment: Mapping[str, str] | None = None, *, root: Path) -> dict[str, Any]:
    """Flask's configuration from the environment.

    Raises MissingSetting where SECRET_KEYS is not set, and WrongSetting for a number or a word that cannot be meant.
    """
    env = os.environ if environment is None else environment
    values = {setting.name: _value(setting, env) for setting in SETTINGS}
    keys = [key.strip() for key in (values["SECRET_KEYS"] or "").split(",") if key.strip()]
    if not keys:
        raise MissingSetting("SECRET_KEYS is not set: put one or more long random keys in the environment, the newest first.")
    return {
        **values,
        "SECRET_KEY": keys[0],
        "SECRET_KEY_FALLBACKS": keys[1:],
        "SQLALCHEMY_DATABASE_URI": database_url(str(values["DATABASE_URL"]), root),
        "PUBLIC_URL": str(values["PUBLIC_URL"]).rstrip("/"),
        "CONTENT_DIR": root / str(values["CONTENT_DIR"]),
        "MEDIA_URL": root / str(values["MEDIA_URL"]),
        "TRUSTED_PROXIES": int(values["TRUSTED_PROXIES"] or 0),
        "ALLOW_PUBLIC_ITEMS": _is_on(values["ALLOW_PUBLIC_ITEMS"]),
        "VIOLATION_PREVALENCE": _number_between(values, "VIOLATION_PREVALENCE", 0, 1),
        "MISS_COST": _number_between(values, "MISS_COST", 0, 1_000_000),
        "ACCEPTABLE_ERROR_RATE": _number_between(values, "ACCEPTABLE_ERROR_RATE", 0, 0.5),
        "SUSPENSION_RISK": _number_between(values, "SUSPENSION_RISK", 0, 0.5),
        "CARE_DEFAULTS": _words_of(values, "CARE_DEFAULTS", CARE_WISHES),
        "SEVERE_DAILY_BUDGET": _count(values, "SEVERE_DAILY_BUDGET"),
        "SEVERE_WEEKLY_BUDGET": _count(values, "SEVERE_WEEKLY_BUDGET"),
        "SECOND_FACTOR_ROLES": _words_of(values, "SECOND_FACTOR_ROLES", ROLES),
        "WAIVE_SECOND_FACTOR": _is_waived(values),
        "RETENTION_FILE": root / str(values["RETENTION_FILE"]) if values["RETENTION_FILE"] else None,
        "WEBHOOK_PRIVATE_ADDRESSES": _is_on(values["WEBHOOK_PRIVATE_ADDRESSES"]),
        "DEMO": _is_on(values["DEMO"]),
        "SESSION_COOKIE_SECURE": _is_on(values["SECURE_COOKIES"]),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "touchstone",
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 1_000_000,
        "BABEL_DEFAULT_TIMEZONE": "UTC",
    }


def secrets_of(config: Mapping[str, Any]) -> list[str]:
    """SECRET_KEYS as the application's configuration has them, the newest first; itsdangerous wants the newest last."""
    return [config["SECRET_KEY"], *config["SECRET_KEY_FALLBACKS"]]


def organisation_zone() -> ZoneInfo:
    """Whose dates the organisation's are."""
    return zone_of(current_app.config["ORGANISATION_TIME_ZONE"])


def zone_or_organisations(name: str | None) -> ZoneInfo:
    """The zone of this name, where somebody has said one, else the organisation's."""
    return zone_of(name) if name else organisation_zone()


def acceptable_error_rate() -> float:
    """The share of live decisions that may be wrong."""
    return float(current_app.config["ACCEPTABLE_ERROR_RATE"])


def suspension_risk() -> float:
    """The chance, per term, that somebody exactly acceptable is ever proposed for suspension."""
    return float(current_app.config["SUSPENSION_RISK"])


def zone_of(name: str) -> ZoneInfo:
    """The zone of this name, else UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
