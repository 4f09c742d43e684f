"""The form token that every request which changes something brings along: a field of its form, or a header of what scripts send."""

from hmac import compare_digest

from flask import g, request, session
from flask_wtf.csrf import CSRFProtect, same_origin

from training.db import Remembered
from training.web.addresses import has_fields

HEADER = "X-CSRFToken"


class FormTokens(CSRFProtect):  # type: ignore[misc]
    """Flask-WTF's protection, at less cost to scripts: only forms are asked for their fields, and a token's signature is verified once in each process.

    A token has no age of its own: it ends with the sign-in whose secret it signs, and that is compared every time.
    """

    def __init__(self) -> None:
        super().__init__()
        self._signed: Remembered[str, str] = Remembered(10_000)

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse a request that does not come from a page of ours."""
        token = request.headers.get(HEADER, "") if request.method not in {"GET", "HEAD", "OPTIONS"} and not has_fields(request) else ""
        secret = session.get("csrf_token", "") if token else ""
        if secret and compare_digest(self._signed.get(token) or "", secret):
            self._refuse_other_pages()
            g.csrf_valid = True
            return
        super().protect(apply_exemptions)
        if secret and g.get("csrf_valid"):
            self._signed.put(token, secret)

    def _get_csrf_token(self) -> str | None:
        return super()._get_csrf_token() if has_fields(request) else request.headers.get(HEADER)

    def _refuse_other_pages(self) -> None:
        """As Flask-WTF does where the site is served over TLS."""
        if not request.is_secure:
            return
        if not request.referrer or not same_origin(request.referrer, f"https://{request.host}/"):
            self._error_response("The referrer does not match the host.")
