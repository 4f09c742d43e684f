"""People with some history for a demo, made through the services that people use."""
