"""The embedded database as Django's ENGINE names it."""
