"""What people read in mails about calibration sessions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a body."""

    subject: str
    body: str


def invitation_letter(title: str, note: str, *, session_id: int, is_again: bool, site_url: str) -> Letter:
    """What somebody reads who is asked to label, the first or the second time."""
    asked = (
        "Everybody has seen how far you agreed. Now each of you labels the same cases once more, by yourself."
        if is_again
        else "You are asked to label some cases, as colleagues do at the same time, each by themselves."
    )
    said = f"{note}\n\n" if note and not is_again else ""
    body = (
        f"{title}\n\n{said}{asked} Nobody sees what another said before all of it is revealed, and then it is shown without names.\n\n"
        f"{site_url}/quality/calibration/{session_id}\n"
    )
    return Letter(f"{'Label once more' if is_again else 'Label some cases'}: {title}", body)


def revealed_letter(title: str, *, session_id: int, site_url: str) -> Letter:
    """What those who labelled read once the spread is revealed."""
    body = f"{title}\n\nWhat everybody said is revealed, without names:\n{site_url}/quality/calibration/{session_id}\n"
    return Letter(f"See how far you agreed: {title}", body)


def labels_wanted_letter(note: str, *, panel_id: int, site_url: str) -> Letter:
    """What a colleague reads who is asked to label one case blind."""
    said = f"{note}\n\n" if note else ""
    body = (
        f"{said}You are asked to label one case by yourself, before you read what its author says. "
        "Nobody sees what you say until enough people labelled it.\n\n"
        f"{site_url}/quality/calibration/labels/{panel_id}\n"
    )
    return Letter("Label a case blind", body)


def labels_gathered_letter(slug: str, count: int, *, site_url: str) -> Letter:
    """What reads whoever asked for labels, once they suffice."""
    body = f"{count} people labelled the case {slug} blind, and that suffices. What they said:\n\n{site_url}/desk/cases/{slug}/labels\n"
    return Letter(f"Labelled blind: {slug}", body)
