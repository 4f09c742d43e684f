"""One style sheet for every page, joined from the layers in `static/css/` when the application starts."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, url_for

from training.web.access import opens_to_everyone

A_YEAR = 31_536_000


def joined_css(folder: Path) -> str:
    """The numbered layers in order, then the components by name."""
    files = [*sorted(folder.glob("*.css")), *sorted((folder / "components").glob("*.css"))]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _fingerprint(content: bytes) -> str:
    return sha256(content).hexdigest()[:12]


def init_styles(app: Flask) -> None:
    """Serve the style sheet under its fingerprint; `asset(path)` gives scripts and pictures theirs."""
    static = Path(str(app.static_folder))
    css = joined_css(static / "css")
    name = f"{_fingerprint(css.encode())}.css"
    pieces = [file for folder in ("js", "img") for file in (static / folder).rglob("*") if file.is_file()]
    fingerprints = {file.relative_to(static).as_posix(): _fingerprint(file.read_bytes()) for file in pieces}

    @opens_to_everyone
    def styles(name: str) -> Response:
        """The style sheet; its name changes with its content, so browsers may keep it."""
        return Response(css, mimetype="text/css", headers={"Cache-Control": f"public, max-age={A_YEAR}, immutable"})

    @lru_cache(maxsize=1_000)
    def address(endpoint: str, below: str, **values: Any) -> str:
        """Worked out once for each prefix below which the site is served: every page names a handful."""
        return url_for(endpoint, **values)

    def asset(path: str) -> str:
        """The address of a script or picture of the shell, with its fingerprint."""
        return address("static", request.root_path, filename=path, v=fingerprints[path])

    app.add_url_rule("/styles/<name>", view_func=styles)
    app.jinja_env.globals.update(stylesheet=lambda: address("styles", request.root_path, name=name), asset=asset)
