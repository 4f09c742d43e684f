"""Formats of other programs, one neutral model of questions between them and our items, and what each cannot carry."""
