"""Whose certificates are genuine, for anybody."""

from flask import render_template

from training import clock
from training.certification import queries
from training.certification.views.blueprint import blueprint
from training.web.access import opens_to_everyone


@blueprint.get("/verify/<public_id>")
@opens_to_everyone
def verify(public_id: str) -> str:
    """Whether a certificate that somebody shows is genuine, and how it stands now."""
    return render_template("certification/verify.html", certificate=queries.verified_certificate(public_id, now=clock.now()), public_id=public_id)
