"""Messages as the Standard Webhooks specification has them (version 1): what is sent, and how it is signed."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime

PREFIX = "whsec_"
SECRET_LENGTH = 32
"""Bytes of a secret; the specification asks for 24 to 64."""


def message_id(position: int) -> str:
    """What a receiver knows the message about an event of the feed by."""
    return f"change_{position}"


def message_body(kind: str, at: datetime, data: dict[str, object]) -> str:
    """The text that is sent and signed: the event's type, when it took effect, and what it says."""
    said = {"type": f"access.{kind}", "timestamp": at.astimezone(UTC).isoformat().replace("+00:00", "Z"), "data": data}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def secret_text(secret: bytes) -> str:
    """A secret as people copy it."""
    return PREFIX + base64.b64encode(secret).decode()


def headers(number: str, body: str, *, secrets: Iterable[bytes], now: datetime) -> dict[str, str]:
    """The headers of one try: the message's id, the instant of the try, and a signature by each secret that is still good."""
    stamp = str(int(now.timestamp()))
    signed = f"{number}.{stamp}.{body}".encode()
    made = (base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode() for secret in secrets)
    return {"webhook-id": number, "webhook-timestamp": stamp, "webhook-signature": " ".join(f"v1,{signature}" for signature in made)}
