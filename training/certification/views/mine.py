"""What I hold, and what each certification needs."""

from flask import render_template

from training import clock
from training.certification import queries
from training.certification.forms import DisclosureForm
from training.certification.views.blueprint import blueprint
from training.errors import NotFound
from training.web.access import opens_to_signed_in, principal


@blueprint.get("/certificates")
@opens_to_signed_in
def wall() -> str:
    """What I hold, and what I could."""
    return wall_page(DisclosureForm(shows=queries.disclosure_of(principal().person_id).value))


def wall_page(disclosure: DisclosureForm) -> str:
    """The page, with what was chosen about public pages, or what is wrong with the choice."""
    now, person_id = clock.now(), principal().person_id
    held = {certificate.certification.slug: certificate for certificate in queries.certificates_of(person_id, at=now)}
    others = [certification for certification in queries.certifications() if certification.slug not in held and certification.is_found_by(principal().roles)]
    unmet = {certification.slug: queries.unmet_needs(person_id, certification, now=now) for certification in others}
    retests = queries.open_retests(person_id)
    return render_template("certification/wall.html", held=held.values(), others=others, unmet=unmet, retests=retests, disclosure=disclosure)


@blueprint.get("/certificates/<slug>")
@opens_to_signed_in
def certification(slug: str) -> str:
    """What one certification needs, and how far I am."""
    now, person_id = clock.now(), principal().person_id
    found = queries.certification_by_slug(slug)
    entries = [entry for entry in queries.ledger_of(person_id) if entry.certification_id == found.id]
    if not entries and not found.is_found_by(principal().roles):
        raise NotFound(slug)
    return render_template(
        "certification/certification.html",
        certification=found,
        standing=queries.standing_of(person_id, found.id, at=now),
        needs=queries.needs_of(found),
        unmet_pairs={(unmet.need, unmet.subject) for unmet in queries.open_needs(person_id, found, now=now)},
        entries=entries,
        retests=queries.open_retests(person_id, found.id),
    )
