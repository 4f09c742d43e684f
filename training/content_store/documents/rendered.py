"""Modules tried in the renderer: a block that looks right by line and is not one to the renderer is a fault."""

from collections.abc import Iterator

from training.content_store.rules.folder import Folder
from training.courses.documents import ModuleDocument
from training.courses.rendering import render_module
from training.documents.faults import Fault


def rendering_faults(folder: Folder) -> Iterator[Fault]:
    """Clauses that would be shown as plain text."""
    for module in folder.of(ModuleDocument).values():
        shown = {clause.code for clause in render_module(module.document.body, slug=module.slug).clauses}
        for block in module.document.clauses:
            if block.argument not in shown:
                line = module.lines.of(("body",)) + block.line - 1
                yield module.fault_at(
                    line, f"clause {block.argument}", "is not read as a clause", "leave a blank line before and after it, and indent its options by four"
                )
