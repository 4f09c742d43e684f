"""What programs ask: the gate, queues, health; and the description of it all."""
