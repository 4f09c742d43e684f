"""A demo in which whoever writes, writes scripts: every free text of the content folder, and everything that people typed, carries some."""

import shutil
import sqlite3
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml

from tests.demo.serving import ROOT, flask, settings

SCRIPTS = (
    "<script>injected()</script>",
    "</script><script>injected()</script>",
    "<ScRiPt src=data:text/javascript,injected()></sCrIpT>",
    "<img src=x onerror=injected()>",
    "<img src=x onerror=injected()//",
    "<svg onload=injected()></svg>",
    "<svg><animate onbegin=injected() attributeName=x></svg>",
    "<svg><script>injected()</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=injected()></style></mglyph></table></mtext></math>",
    "<details open ontoggle=injected()>.</details>",
    "<input autofocus onfocus=injected()>",
    "<video><source onerror=injected()></video>",
    "<iframe srcdoc='<script>parent.injected()</script>'></iframe>",
    "<iframe src=javascript:parent.injected()></iframe>",
    "<object data=javascript:injected()></object>",
    "<base href=https://elsewhere.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:injected()'>",
    "<form action=javascript:injected()><button autofocus>.</button></form>",
    "<style>@import 'https://elsewhere.example/x.css'; * { display: none }</style>",
    "<a href=javascript:injected()>.</a>",
    "<a href='java\tscript:injected()'>.</a>",
    "[.](javascript:injected())",
    "[.](JaVaScRiPt:injected())",
    "[.](<javascript:injected()>)",
    "[.](data:text/html,<script>injected()</script>)",
    '![.](x" onerror="injected())',
    "<javascript:injected()>",
    '" autofocus onfocus=injected() x="',
    "' autofocus onfocus=injected() x='",
    '"><script>injected()</script>',
    "--><script>injected()</script>",
    "]]><script>injected()</script>",
    "</title><script>injected()</script>",
    "</textarea><script>injected()</script>",
    "</template><script>injected()</script>",
    "</noscript><script>injected()</script>",
    "&lt;script&gt;injected()&lt;/script&gt;",
    "&#60;script&#62;injected()&#60;/script&#62;",
    "{{ injected() }}${injected()}{% raw %}",
    "`-injected()-`';injected();//",
    "*<img src=x onerror=injected()>*",
)
"""What is said to have run scripts on pages that trusted somebody's words, each in its plainest form."""
IN_MODULES = tuple(script for script in SCRIPTS if "<" not in script and not script.startswith("!"))
"""What the checks of the folder let into a module: no HTML, and no picture from elsewhere."""

FREE_TEXT = frozenset(
    "title summary stem text rationale description alt name caption body reply feedback statement passage question note why subject message words".split()
)
"""Keys of documents under which authors write what they like."""

TYPED = {
    "people": ["name", "sort_name"],
    "teams": ["name"],
    "shifts": ["name"],
    "api_clients": ["name"],
    "webhook_endpoints": ["name"],
    "practice_sets": ["title", "note"],
    "calibration_sessions": ["title", "note"],
    "calibration_notes": ["words"],
    "coaching_entries": ["note"],
    "quality_audits": ["note"],
    "queue_overrides": ["reason"],
    "override_proposals": ["reason"],
    "suspension_proposals": ["reason"],
    "certificate_events": ["reason"],
    "dispute_claims": ["reason"],
    "dispute_reviews": ["reason"],
    "wording_remarks": ["reason"],
    "wording_answers": ["words"],
    "item_rulings": ["reason"],
    "item_flag_events": ["reason"],
    "attempt_time_events": ["reason"],
    "attempt_allowances": ["reason"],
    "signal_reviews": ["note"],
    "reply_marks": ["note"],
    "draft_comments": ["words"],
    "draft_reviews": ["words"],
    "draft_revisions": ["words"],
    "outbox_mails": ["subject", "body", "last_fault"],
    "outbox_posts": ["last_answer"],
    "sign_in_sessions": ["browser"],
}
"""Columns that hold what people and other systems typed."""


def hostile_demo(folder: Path) -> None:
    """Prepare a demo in this folder whose every text carries scripts.

    Raises:
        AssertionError: the product does not take the content; it says why
    """
    content = folder / "content"
    shutil.copytree(ROOT / "content", content)
    scripts = cycle(SCRIPTS)
    for path in sorted(content.rglob("*.yaml")):
        path.write_text(yaml.safe_dump(_with_scripts(yaml.safe_load(path.read_text()), scripts), allow_unicode=True, sort_keys=False))
    for path in sorted(content.rglob("*.md")):
        path.write_text(_page_with_scripts(path.read_text(), scripts))
    made = flask("demo", "prepare", environment=settings(folder, CONTENT_DIR=str(content)))
    assert made.returncode == 0, made.stderr
    with sqlite3.connect(folder / "demo.sqlite") as connection:
        _type_scripts(connection, scripts)
    connection.close()


def _with_scripts(value: Any, scripts: Iterator[str], key: str = "") -> Any:
    if key == "macros":  # which other documents cite by their words
        return value
    if isinstance(value, dict):
        return {name: _with_scripts(inner, scripts, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_with_scripts(inner, scripts, key) for inner in value]
    if not isinstance(value, str) or key not in FREE_TEXT:
        return value
    script = next(script for script in scripts if not (key == "stem" and script.startswith("!")))  # which may show no picture
    return f"{value[:60]} {script}" if key == "alt" else f"{value} {script}"


def _page_with_scripts(source: str, scripts: Iterator[str]) -> str:
    """A module with a paragraph and a heading for each script before its rules, and with scripts in the words of its clauses."""
    _, front, body = source.split("---\n", 2)
    facts = _with_scripts(yaml.safe_load(front), scripts)
    body = body.replace("**Why.**", f"**Why.** {' '.join(IN_MODULES)}")
    hostile = "\n\n".join(f"Seen {script}\n\n- {script}\n\n### Heading {script}" for script in IN_MODULES)
    return f"---\n{yaml.safe_dump(facts, allow_unicode=True, sort_keys=False)}---\n{body}\n\n## What was seen\n\n{hostile}\n"


def _type_scripts(connection: sqlite3.Connection, scripts: Iterator[str]) -> None:
    """Write scripts behind what people typed, whatever the database keeps from being changed; but not where only certain words may stand."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for table, columns in TYPED.items():
        for column in columns:
            for (row,) in connection.execute(f"SELECT rowid FROM {table} WHERE {column} IS NOT NULL").fetchall():
                connection.execute(f"UPDATE OR IGNORE {table} SET {column} = {column} || ' ' || ? WHERE rowid = ?", (next(scripts), row))
