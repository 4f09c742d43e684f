"""People, teams, what is true of them and since when; sign-in, sessions, API clients."""
