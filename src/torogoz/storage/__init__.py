"""Memory: what is kept, how it is sealed, and the one door through which it is read (`storage.access`).

Only `flow`, and `storage.access` for its audit entry, open transactions (design §3).
"""
