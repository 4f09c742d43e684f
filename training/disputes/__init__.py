"""Claims that a reference or a key is wrong, their blind review, and what follows from it."""
