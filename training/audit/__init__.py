"""Who did what to what, when, from where: appended in the deed's transaction, chained by one sealer."""
