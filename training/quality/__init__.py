"""Live quality: audits of live work, what they say of a person, and what follows from them."""
