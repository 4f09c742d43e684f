"""Fields of a document written into its text, with every other letter as it stood where that can be."""

import re
from collections.abc import Mapping
from typing import Any

from training.cases.importing.writing import yaml_text
from training.documents.yaml_reading import Unreadable, read_yaml


def with_fields(text: str, value: Mapping[str, Any], wanted: Mapping[str, Any], *, after: str) -> str:
    """The text of a document that says `value`, saying what is wanted: only lines that differ are another, else all is written anew.

    A field that was not there stands behind the line of `after`.
    """
    found = text if text.endswith("\n") else f"{text}\n"
    for name in [*wanted, *value]:
        if wanted.get(name) != value.get(name):
            found = _with_line(found, name, wanted.get(name), after)
    try:
        return found if read_yaml(found).value == wanted else yaml_text(wanted)
    except Unreadable:
        return yaml_text(wanted)


def _with_line(text: str, name: str, said: Any, after: str) -> str:
    field = re.compile(rf"^{name}:.*\n(?:(?:[ \t]+|- ).*\n)*", re.MULTILINE)
    line = "" if said is None else yaml_text({name: said})
    if field.search(text):
        return field.sub(lambda _found: line, text, count=1)
    return re.sub(rf"^{after}:.*\n", lambda found: found[0] + line, text, count=1, flags=re.MULTILINE)
