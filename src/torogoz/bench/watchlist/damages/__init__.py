"""What happens to a name between a passport and a watchlist, one family of accidents a module.

Each is a `Change`: it takes the person, their query as it is so far and the rng, and gives the query after it, or None
where it has nothing to change. They know how names are borne, typed, read and sent, not how they are matched.
"""
