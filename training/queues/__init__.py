"""Who may work which queue at an instant, and why not."""
