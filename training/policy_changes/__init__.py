"""What a new policy version touches, the plan, and its carrying out."""
