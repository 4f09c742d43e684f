"""What a policy change is, decided from plain values."""
