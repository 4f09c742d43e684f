"""What is kept how long, people who are erased, and the database as a whole: over all tables alike, so that it need know no room."""
