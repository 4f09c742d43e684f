"""Side effects that must not be lost: mail waits here in the deed's transaction."""
