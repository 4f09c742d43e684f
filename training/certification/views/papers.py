"""My certificates to take along: on paper."""

from datetime import datetime
from http import HTTPStatus

from flask import Response, current_app, url_for

from training import clock
from training.accounts.queries import person
from training.certification import queries
from training.certification.queries import VerifiedCertificate
from training.certification.rules import Fate, TakingRefusal
from training.certification.views.blueprint import blueprint
from training.config import organisation_zone
from training.errors import Refusal
from training.web.access import opens_to_signed_in, principal


def verify_address(public_id: str) -> str:
    """Where anybody verifies this award."""
    return f"{current_app.config['PUBLIC_URL']}{url_for('certification.verify', public_id=public_id)}"


def own_certificate(public_id: str, now: datetime) -> VerifiedCertificate:
    """An award of my own that was not revoked. Raises NotFound and Refusal."""
    found = queries.own_certificate(principal().person_id, public_id, now=now)
    if found.fate is Fate.REVOKED:
        raise Refusal(TakingRefusal.REVOKED)
    return found


@blueprint.get("/certificates/awards/<public_id>.pdf")
@opens_to_signed_in
def paper(public_id: str) -> Response:
    """One award of my own as a PDF."""
    from training.certification.rendering import Sheet, certificate_pdf  # noqa: PLC0415  # Brings fpdf and its fonts along.

    found = own_certificate(public_id, clock.now())
    sheet = Sheet(
        organisation=current_app.config["ORGANISATION_NAME"],
        holder=person(found.person_id).name,
        title=found.title,
        summary=found.summary,
        valid_from=_day(found.valid_from),
        valid_until=_day(found.valid_until) if found.valid_until else "until it is taken back",
        number=public_id,
        address=verify_address(public_id),
        awarded_at=found.awarded_at,
    )
    name = {"Content-Disposition": f'attachment; filename="{found.slug}-{public_id}.pdf"'}
    return Response(certificate_pdf(sheet), HTTPStatus.OK, name, content_type="application/pdf")


def _day(instant: datetime) -> str:
    """With the hour: a term ends at an instant, in the organisation's zone."""
    local = instant.astimezone(organisation_zone())
    return f"{local.day} {local:%B %Y, %H:%M} {local.tzname()}"
