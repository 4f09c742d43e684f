"""What trainers do with an item: stop its draws, let it go again, open it. Nobody's score changes, and no key."""

from datetime import datetime

from training.actors import SYSTEM, Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Item, ItemFlagEvent
from training.exams.queries.item_desk import open_holds
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.analysis.flags import FlagDeed
from training.exams.rules.blueprint import DRAWN_STATES, ItemState
from training.exams.rules.reasons import ItemRefusal
from training.exams.services.acquainting import note_acquaintance
from training.exams.services.refreshing import compute_anew


def raise_flag(item: Item, *, reason: str, answer_count: int, now: datetime) -> bool:
    """Hold an item because its answers say that its key is wrong, until a person rules. Says whether it was drawn until now."""
    if ItemState(item.state) not in DRAWN_STATES:
        return False
    _append(item, FlagDeed.RAISED, reason=reason, answer_count=answer_count, by=SYSTEM, now=now)
    item.state = ItemState.HELD.value
    record("item.flagged", by=SYSTEM, subject=("item", item.slug), now=now, detail={"reason": reason, "answers": answer_count})
    return True


def hold_item(item: Item, *, reason: str, by: Actor, now: datetime) -> None:
    """Stop drawing an item. Raises Refusal where it is not drawn anyway."""
    if item.state == ItemState.HELD:
        raise Refusal(ItemRefusal.HELD_ALREADY)
    if ItemState(item.state) not in DRAWN_STATES:
        raise Refusal(ItemRefusal.NOT_DRAWN)
    _append(item, FlagDeed.HELD, reason=reason, answer_count=queries.answer_count(item.current_version_id), by=by, now=now)
    item.state = ItemState.HELD.value
    record("item.held", by=by, subject=("item", item.slug), now=now, detail={"reason": reason})


def hold_for_rule(item: Item, *, author_id: int, reason: str, by: Actor, now: datetime) -> None:
    """Hold an item because a rule that it cites is another now, on top of whatever holds it already; its author does not let it go.

    Nothing where the item is not drawn anyway, by its document.
    """
    if ItemState(item.document_state) not in DRAWN_STATES:
        return
    event = _append(item, FlagDeed.HELD, reason=reason, answer_count=queries.answer_count(item.current_version_id), by=by, now=now)
    event.rule_author_id = author_id
    item.state = ItemState.HELD.value
    record("item.held", by=by, subject=("item", item.slug), now=now, detail={"reason": reason})


def release_rekeyed(item: Item, *, now: datetime) -> None:
    """The item has another text or key: let it go where a changed rule held it, and nothing else. What its answers or people doubt waits for a person."""
    holds = open_holds(item.id)
    if item.state == ItemState.HELD and item.document_state != ItemState.HELD and holds and all(hold.rule_author_id for hold in holds):
        _append(item, FlagDeed.RELEASED, reason="It was given another text or key.", answer_count=0, by=SYSTEM, now=now)
        item.state = item.document_state


def release_item(item: Item, *, reason: str, by: Actor, now: datetime) -> None:
    """Let a held item be drawn again, as its document says. What its answers raised so far is ruled on with it.

    Raises Refusal where it is not held, where its document says that it is, or where whoever rules wrote or reviewed it, or wrote the rule that holds it.
    """
    if item.state != ItemState.HELD:
        raise Refusal(ItemRefusal.NOT_HELD)
    if item.document_state == ItemState.HELD:
        raise Refusal(ItemRefusal.HELD_BY_DOCUMENT)
    if by.id is not None and any(queries.is_acquainted(by.id, item.id, how) for how in (Acquaintance.WROTE, Acquaintance.REVIEWED)):
        raise Refusal(ItemRefusal.OWN_ITEM)
    if by.id is not None and any(hold.rule_author_id == by.id for hold in open_holds(item.id)):
        raise Refusal(ItemRefusal.OWN_RULE)
    _append(item, FlagDeed.RELEASED, reason=reason, answer_count=queries.answer_count(item.current_version_id), by=by, now=now)
    item.state = item.document_state
    compute_anew()
    record("item.released", by=by, subject=("item", item.slug), now=now, detail={"reason": reason})


def open_item(item: Item, *, person_id: int, by: Actor, now: datetime) -> None:
    """Let a trainer see an item with its key; they will never draw it. Raises Refusal where it is on the form of an exam they are sitting."""
    if queries.is_on_open_form(person_id, item.id):
        raise Refusal(ItemRefusal.ON_OWN_FORM)
    note_acquaintance(person_id, item, Acquaintance.OPENED, now=now)
    record("item.opened", by=by, subject=("item", item.slug), now=now)


def _append(item: Item, deed: FlagDeed, *, reason: str, answer_count: int, by: Actor, now: datetime) -> ItemFlagEvent:
    event = ItemFlagEvent(
        item_id=item.id, item_version_id=item.current_version_id, deed=deed.value, reason=reason, answer_count=answer_count, by_id=by.id, at=now
    )
    db.session.add(event)
    return event
