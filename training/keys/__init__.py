"""Signing keys: made, kept sealed, taken out of use, and published for whoever checks a signature."""
