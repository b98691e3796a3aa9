"""The one door to data: who asks, in which role and agency, for which purpose, decides what comes back.

Every function takes a `Who` and the time, asks the guard, gives frozen views (never model rows), and leaves an audit
entry: one for each list page, one for each dossier, raw message, search and export; none for live refreshes.
"""
