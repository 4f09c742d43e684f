"""The outbox of the demo: nobody there has a mailbox, so the mail is shown."""

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from training.outbox import queries
from training.web.access import opens_to_everyone
from training.web.addresses import id_in_query

blueprint = Blueprint("outbox", __name__, template_folder="templates")


@blueprint.get("/outbox")
@opens_to_everyone
def page() -> ResponseReturnValue:
    """Every mail, the newest first. Exists in the demo only: it would hand out other people's one-time links."""
    if not current_app.config["DEMO"]:
        abort(404)
    mails = queries.latest_mails(before_id=id_in_query("before"))
    shown = mails[: queries.PAGE_SIZE]
    return render_template("outbox/page.html", mails=shown, older_id=shown[-1].id if len(mails) > len(shown) else None)
