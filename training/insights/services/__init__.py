"""Deeds upon evidence packs that pages do: ask for one. Making and checking bring `cryptography` along and are imported by whoever does it."""

from training.insights.services.asking import SEE_EVERYBODY, Wish, ask_for_pack

__all__ = ["SEE_EVERYBODY", "Wish", "ask_for_pack"]
