"""How people read a shift's hours."""

from training.accounts.forms.availability import DAYS
from training.accounts.rules import Hours


def hours_in_words(hours: Hours) -> str:
    """`Monday to Friday, 22:00 to 06:00 the next day, by the clock of Asia/Jakarta`."""
    ends = f"{hours.ends:%H:%M}{' the next day' if hours.ends <= hours.begins else ''}"
    return f"{_days_in_words(sorted(hours.days))}, {hours.begins:%H:%M} to {ends}, by the clock of {hours.zone.replace('_', ' ')}"


def _days_in_words(days: list[int]) -> str:
    if len(days) == len(DAYS):
        return "Every day"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{DAYS[days[0] - 1]} to {DAYS[days[-1] - 1]}"
    return ", ".join(DAYS[day - 1] for day in days)
