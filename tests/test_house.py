"""What holds for the whole house, whichever room somebody builds in: read with the house rules in CONTRIBUTING.md."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask
from importlinter.cli import lint_imports

import training
from training.config import SETTINGS
from training.db import Base
from training.upkeep.documents import faults_against, read_rules
from training.upkeep.queries import columns_by_table
from training.web.wording import reasons_with_words

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "training").rglob("*.py"))
TEMPLATES = sorted((ROOT / "training").rglob("*.html"))
HEAVY = {"numpy", "scipy", "authlib", "openpyxl", "fpdf", "cryptography", "segno", "pymupdf_fonts"}
"""Imported only where a figure is computed or a file is made."""
LATE = {"alembic", "flask_migrate", "mako", "pygments", "huey", "granian", "psycopg", "psycopg_pool"}
"""Imported only by whoever migrates, does the jobs or serves, or has a database that needs it."""
REASONS = ("Reason", "Refusal")
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW = 300, 40, 20


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions_of(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef))


def length_of(function: ast.FunctionDef) -> int:
    """Lines of a function, without its decorators, signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(training.__path__, "training."):
        yield importlib.import_module(found.name)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_setting_is_in_the_documentation_word_for_word() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", text, flags=re.MULTILINE)
    expected = [(setting.name, f"`{setting.default}`" if setting.default is not None else "–", setting.meaning) for setting in SETTINGS]
    assert documented == expected


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_name_packages_and_hashes_and_nothing_else(name: str) -> None:
    allowed = re.compile(r"(#.*|[a-z0-9._-]+(\[[a-z0-9,._-]+\])?==[^\s/@:]+( ; [^/@:\\]+)?( \\)?|    --hash=sha256:[0-9a-f]{64}( \\)?|)")
    strange = [line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if not allowed.fullmatch(line)]
    assert strange == []


def test_starting_imports_nothing_heavy_and_nothing_that_can_wait() -> None:
    code = "import sys; from training.app import create_app; create_app({'SECRET_KEYS': 'x'}); print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
    assert set(loaded) & (HEAVY | LATE) == set()


def test_the_import_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0, capsys.readouterr().out


def reasons() -> list[StrEnum]:
    """Every member of every enumeration of reasons; their names end in Reason or Refusal."""
    kinds = {
        kind for module in modules() for _, kind in inspect.getmembers(module, inspect.isclass) if issubclass(kind, StrEnum) and kind.__name__.endswith(REASONS)
    }
    return [reason for kind in kinds for reason in kind]


def test_every_reason_has_words(app: Flask) -> None:
    """Machine words never reach a person."""
    silent = [repr(reason) for reason in reasons() if reason not in reasons_with_words()]
    assert sorted(silent) == []


def test_no_two_reasons_read_alike() -> None:
    """Members with the same text are equal, so one would take the other's words."""
    texts = Counter(reason.value for reason in reasons())
    assert [text for text, count in texts.items() if count > 1] == []
    assert len(texts) > 20, "few reasons were found: the test looks in the wrong place"


def test_every_refusal_gives_a_reason_from_such_an_enumeration() -> None:
    wrong = []
    for path in SOURCES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal" and not _is_reason(node.args[0]):
                wrong.append(f"{named(path)}:{node.lineno}")
    assert wrong == []


def _is_reason(argument: ast.expr) -> bool:
    """A member of an enumeration of reasons, or a name that holds one; never a text."""
    if isinstance(argument, ast.Attribute) and isinstance(argument.value, ast.Name):
        return argument.value.id.endswith(REASONS) or argument.attr in {"reason", "refusal"}
    return isinstance(argument, ast.Name | ast.Subscript | ast.Call | ast.Attribute)


def test_only_surfaces_commit() -> None:
    surfaces = {"views", "commands", "tasks", "jobs", "api", "demo", "content_sync"}
    committing = [named(path) for path in SOURCES if "session.commit(" in path.read_text(encoding="utf-8") and not surfaces & {*path.parts, path.stem}]
    assert committing == []


def test_only_the_clock_reads_the_clock() -> None:
    reading = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(|\btime\.time\(")
    wrong = [named(path) for path in SOURCES if path.name != "clock.py" and reading.search(path.read_text(encoding="utf-8"))]
    assert wrong == []


def test_files_and_functions_stay_small() -> None:
    long_files = [f"{named(path)}: {count} lines" for path in SOURCES if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE]
    long_functions = [
        f"{named(path)}:{function.lineno} {function.name}: {length_of(function)} lines"
        for path in SOURCES
        for function in functions_of(path)
        if length_of(function) > LONGEST_FUNCTION
    ]
    assert long_files + long_functions == []


def test_views_do_five_things_in_twenty_lines() -> None:
    views = [path for path in SOURCES if "views" in {*path.parts, path.stem}]
    wrong = [
        f"{named(path)}:{function.lineno} {function.name}: {length_of(function)} lines"
        for path in views
        for function in functions_of(path)
        if function.decorator_list and length_of(function) > LONGEST_VIEW
    ]
    assert wrong == []


def test_modules_have_names_that_say_what_they_hold() -> None:
    forbidden = {"utils", "helpers", "common", "manager", "data", "info", "process", "handle"}
    assert [named(path) for path in SOURCES if path.stem in forbidden] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_templates_hold_no_inline_script_style_or_handler(path: Path) -> None:
    """The content security policy forbids them, so they would do nothing."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script"
    assert not re.search(r"<style|\sstyle=", text), "inline style"
    assert not re.search(r"<[^>]*\son[a-z]+=", text), "inline handler"
    assert not re.search(r"\|\s*safe\b", text) or "html" in text, "only stored, sanitised HTML is safe"


def test_the_shells_forms_that_change_something_carry_a_token() -> None:
    wrong = []
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, flags=re.DOTALL):
            if not re.search(r"csrf|hidden_tag", form):
                wrong.append(named(path))
    assert wrong == []


def test_every_table_has_a_rule_of_retention_that_knows_its_columns_and_whose_rows_they_are() -> None:
    """How long, and then what: training/upkeep/retention.yaml explains its fields at its head."""
    importlib.import_module("training.app")
    rules, tables = read_rules(None), Base.metadata.tables
    faults = faults_against(rules, columns_by_table())
    for name, table in tables.items():
        rule = rules.get(name)
        naming = {part.parent.name for reference in table.foreign_keys if reference.target_fullname == "people.id" for part in [reference]}
        if rule and (silent := naming - {*rule.others, rule.owner[0] if rule.owner else ""}):
            faults.append(f"{name}: say for {sorted(silent)} whether it is with whose row it is (person) or who did something (others)")
    assert faults == []


def test_every_room_has_tests() -> None:
    rooms = [path.name for path in (ROOT / "training").iterdir() if path.is_dir() and (path / "__init__.py").exists() and path.name != "__pycache__"]
    silent = [room for room in rooms if not list((ROOT / "tests" / room).glob("test_*.py"))]
    assert silent == []


PAPERS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s:]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_link_of_the_documents_to_another_file_leads_there(paper: Path) -> None:
    assert [link for link in LINK.findall(paper.read_text(encoding="utf-8")) if not (paper.parent / link).exists()] == []


def test_each_decision_has_a_number_of_its_own_and_is_listed_once_in_order() -> None:
    folder = ROOT / "docs" / "decisions"
    names = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert max(Counter(name[:4] for name in names).values()) == 1
    assert re.findall(r"^\| \[\d{4}\]\((.+?)\)", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE) == names
