"""Bringing real cases in: files read, columns mapped to fields, personal data taken out, look-alikes found. Pure but for reading the file."""
