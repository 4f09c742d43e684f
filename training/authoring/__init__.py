"""The trainer's desk: documents drafted together, reviewed by a colleague, and published."""
