"""A policy module's file: YAML front matter, then Markdown, which becomes the field `body`."""

from dataclasses import replace

from training.documents.faults import Lines
from training.documents.yaml_reading import ReadYaml, Trouble, Unreadable, read_yaml

_EXAMPLE = "begin the file with a line ---, the fields id, title, area, language, version and summary, and another line ---"


def read_module_file(text: str) -> ReadYaml:
    """The front matter with the Markdown as `body`, whose line is that of its first line that is not blank.

    Raises Unreadable where there is no front matter.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise Unreadable(Trouble(1, "", "the front matter is missing", _EXAMPLE))
    closing = next((at for at in range(1, len(lines)) if lines[at].rstrip() == "---"), None)
    if closing is None:
        raise Unreadable(Trouble(1, "", "the front matter is not closed", _EXAMPLE))
    read = read_yaml("\n".join(lines[1:closing]), first_line=2)
    if not isinstance(read.value, dict):
        raise Unreadable(Trouble(1, "", "the front matter holds no fields", _EXAMPLE))
    body = "\n".join(lines[closing + 1 :])
    blank_count = len(body) - len(body.lstrip("\n"))
    where = {**read.lines.by_field, ("body",): closing + 2 + blank_count, (): 1}
    return replace(read, value={**read.value, "body": body}, lines=Lines(where, 1))
