"""What is true of policy versions, their differences, and the way through a course; values in, values out."""
