"""What was entered in the form of a case, written into its document; fields that the form does not know stay as they were."""

import copy
from collections.abc import Mapping
from typing import Any

from training.authoring.rules.case_fields import CaseField, Way, entered_of, fields_of
from training.cases.importing.writing import yaml_text
from training.cases.rules import Surface
from training.documents.yaml_reading import Unreadable, read_yaml


def with_entered(text: str, value: Mapping[str, Any], entered: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The case's text with what was entered, by key, and what is wrong with it, by key: parts that cannot be read keep what they said before.

    `value` is what the text says. A field that was left as it was keeps the very value that it had, and a text of which all were stays as it is written.
    """
    written: dict[str, Any] = copy.deepcopy(dict(value))
    faults: dict[str, str] = {}
    for field in fields_of(Surface(str(value["surface"]))):
        said = entered.get(field.key, "").replace("\r\n", "\n").strip()
        if said == entered_of(value, field).strip():
            continue
        try:
            _put(written, field, said)
        except Unreadable as unreadable:
            faults[field.key] = f"Line {unreadable.trouble.line}: {unreadable.trouble.problem}."
    return text if written == value else yaml_text(written), faults


def _put(written: dict[str, Any], field: CaseField, said: str) -> None:
    holder = written if len(field.path) == 1 else written[field.path[0]]
    if not said and field.is_optional:
        holder.pop(field.path[-1], None)
        return
    holder[field.path[-1]] = _value(field, said)


def _value(field: CaseField, said: str) -> Any:
    if field.way is Way.SETS:
        return [_codes(line.replace("+", " ")) for line in said.split("\n") if line.strip()]
    if field.way is Way.CODES:
        return _codes(said)
    if field.way is Way.TRUTH:
        return said == "yes"
    if field.way is Way.NUMBER:
        return int(said) if said.isdecimal() and len(said) < 10 else said
    if field.way is Way.PARTS:
        return read_yaml(said).value if said else []
    return said or (None if field.way is Way.CHOICE else "")


def _codes(said: str) -> list[str]:
    return said.replace(",", " ").split()
