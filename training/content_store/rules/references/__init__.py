"""What documents say of one another, and whether it is so."""
