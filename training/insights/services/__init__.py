"""Deeds upon evidence packs that pages do: ask for one. Checking brings `cryptography` along and is imported by whoever does it."""

from training.insights.services.asking import SEE_EVERYBODY, Wish, ask_for_pack

__all__ = ["SEE_EVERYBODY", "Wish", "ask_for_pack"]
