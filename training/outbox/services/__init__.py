"""Deeds of the outbox: promise mail and messages to programs, take what is due, and write down how it went."""

from training.outbox.services.mails import (
    Draft,
    Letter,
    deliver,
    message_of,
    queue_mail,
    queue_mails,
    queue_numbered_mails,
    settle,
    take_due_letters,
    withdraw_mails,
)
from training.outbox.services.posts import Parcel, Promise, put_back, queue_posts, send_again, settle_parcel, take_due_parcels

__all__ = [
    "Draft",
    "Letter",
    "Parcel",
    "Promise",
    "deliver",
    "message_of",
    "put_back",
    "queue_mail",
    "queue_mails",
    "queue_numbered_mails",
    "queue_posts",
    "send_again",
    "settle",
    "settle_parcel",
    "take_due_letters",
    "take_due_parcels",
    "withdraw_mails",
]
