"""`retention.yaml`: for every table how long, and then what; and what erasing a person does to it."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from training.documents import Line, Part
from training.documents.yaml_reading import Unreadable, read_yaml

SHIPPED = Path(__file__).with_name("retention.yaml")


class WrongRules(ValueError):
    """The file cannot be followed: every fault of it, a line each."""


class Keeping(Part):
    """So many days after what a column says; then rows are deleted, or columns of them emptied."""

    days: int = Field(ge=1, le=36_500)
    after: str
    empty: list[str] = Field(default_factory=list)

    @property
    def instant(self) -> tuple[str, str | None]:
        """The column, and, where it is one of another table's row that this one names, which table."""
        column, _, table = self.after.partition(" of ")
        return column, table or None


class Change(Part):
    """What becomes of those rows of an erased person whose columns have these values."""

    where: dict[str, str] = Field(default_factory=dict)
    set: dict[str, Any] = Field(default_factory=dict)
    is_deleted: bool = False


class TableRule(Part):
    """One table's."""

    keep: Literal["for ever", "while it is current"] | Keeping
    why: Line
    person: str | None = None
    others: list[str] = Field(default_factory=list)
    address: str | None = None
    erased: Literal["kept", "delete"] | list[Change] = "kept"
    words: list[str] = Field(default_factory=list)
    own_words: list[str] = Field(default_factory=list)
    naming: list[str] = Field(default_factory=list)

    @property
    def owner(self) -> tuple[str, str | None] | None:
        """The column that says whose rows these are, and, where it is another table's row, which."""
        column, _, table = (self.person or "").partition(" of ")
        return (column, table or None) if column else None

    @property
    def columns(self) -> set[str]:
        """Every column that the rule names."""
        named = {*self.others, *self.words, *self.own_words, *self.naming}
        named |= {self.owner[0]} if self.owner else set()
        named |= {self.address} if self.address else set()
        if isinstance(self.keep, Keeping):
            named |= set(self.keep.empty) | ({self.keep.after} if self.keep.instant[1] is None else set())
        changes = self.erased if isinstance(self.erased, list) else []
        return named | {name for change in changes for name in (*change.where, *change.set)}


Rules = Mapping[str, TableRule]
_RULES: TypeAdapter[dict[str, TableRule]] = TypeAdapter(dict[str, TableRule])


@lru_cache(maxsize=4)
def read_rules(path: Path | None) -> Rules:
    """The rules of this file, or of the one that is shipped. Raises WrongRules."""
    file = path or SHIPPED
    try:
        read = read_yaml(file.read_text(encoding="utf-8"))
    except Unreadable as error:
        raise WrongRules(f"{file.name}:{error.trouble.line}: {error.trouble.problem}; {error.trouble.remedy}") from None
    except (OSError, UnicodeDecodeError):
        raise WrongRules(f"{file.name}: this is no file of UTF-8 text that can be read") from None
    if read.troubles:
        raise WrongRules("\n".join(f"{file.name}:{trouble.line}: {trouble.field}: {trouble.problem}; {trouble.remedy}" for trouble in read.troubles))
    try:
        return _RULES.validate_python(read.value)
    except ValidationError as error:
        faults = [f"{file.name}: {'.'.join(map(str, detail['loc']))}: {detail['msg']}" for detail in error.errors(include_url=False)]
        raise WrongRules("\n".join(faults)) from None


def faults_against(rules: Rules, tables: Mapping[str, set[str]]) -> list[str]:
    """Where the rules and the tables, given with the names of their columns, do not say the same, in words."""
    found = [f"{name}: there is no rule for this table: say how long its rows are kept, and whose they are" for name in tables if name not in rules]
    for name, rule in rules.items():
        if name not in tables:
            found.append(f"{name}: there is no such table")
            continue
        found += [f"{name}: there is no column {column}" for column in sorted(rule.columns - tables[name])]
        column, other = rule.keep.instant if isinstance(rule.keep, Keeping) else ("", None)
        if other is not None and column not in tables.get(other, set()):
            found.append(f"{name}: there is no column {column} of {other}")
    return found
