"""A case written as a document of the content folder."""

import re
from typing import Any

import yaml

from training.cases.documents import CaseDocument

_CODE = re.compile(r"[A-Za-z]\w*(?:[-.]\w+)*", re.ASCII)
LINE_LENGTH = 140


class _Writer(yaml.SafeDumper):
    """Texts in quotes or as blocks, so that no tool reads a number, a date or a truth in them. Double quotes would write emoji in figures."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always: content documents hold no aliases, so what occurs twice is written twice."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists are indented under their name."""
        super().increase_indent(flow, False)


def _write_text(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    lines = text.split("\n")
    is_block = len(lines) > 1 and all(line.isprintable() for line in lines) and not text[0].isspace()
    has_emoji = text.isprintable() and any(ord(character) > 0xFFFF for character in text)
    style = "|" if is_block else None if _CODE.fullmatch(text) else "'" if has_emoji else '"'
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _write_list(writer: yaml.SafeDumper, values: list[Any]) -> yaml.SequenceNode:
    """Lists of codes, and lists of those, on one line."""
    are_codes = all(isinstance(inner, str) and _CODE.fullmatch(inner) for value in values for inner in (value if isinstance(value, list) else [value]))
    return writer.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=are_codes)


_Writer.add_representer(str, _write_text)
_Writer.add_representer(list, _write_list)


def case_text(document: CaseDocument) -> str:
    """The text of this document; `flask content check` reads the same from it."""
    return yaml_text(document.model_dump(mode="json", by_alias=True, exclude_unset=True))


def yaml_text(value: Any) -> str:
    """The YAML text of a JSON value, in its order."""
    return yaml.dump(value, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=LINE_LENGTH, default_flow_style=False)
