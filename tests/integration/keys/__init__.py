"""Keys: the places that they seal, their rotation, and what a database is worth without them."""
