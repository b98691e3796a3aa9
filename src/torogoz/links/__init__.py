"""Which travellers of different messages are one traveller, and which journeys are one person's.

Every link is a proposal with its evidence as codes, never with a person's values, so that it can be shown, kept and
undone (design §7). Strangers to matching: a link joins what carriers said, a match compares it with a list.
"""
