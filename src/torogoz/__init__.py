"""Torogoz: an open Passenger Information Unit, from airlines' bytes to a hit that a person reviewed."""

__version__ = "0.1.0"
