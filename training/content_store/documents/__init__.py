"""Files made into documents, with the line of every field."""
