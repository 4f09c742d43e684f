"""What other programs are told without asking: webhooks."""
