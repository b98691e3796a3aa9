"""PostgreSQL as Django's ENGINE names it."""
