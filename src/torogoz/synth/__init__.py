"""A synthetic state's air traffic: invented people on invented carriers' flights, as bytes in order of arrival.

Takes a seed and a moment, gives messages, watchlists, a schedule and, apart from them, the truth: who was planted as
what, which value was garbled where, and what every message ought to say. The same seed and version give the same
bytes. It writes messages through floor 0 only, so that no judgement leaks into what is to be judged, and it holds no
name, number or address of anybody: people are made from tables of common names, phones lie in ranges that no plan
assigns, cards in published test ranges, mail under the domains that RFC 2606 reserves.
"""
