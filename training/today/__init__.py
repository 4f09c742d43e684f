"""The person's front page."""
