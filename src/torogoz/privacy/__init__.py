"""What is kept of whom, for how long, and what masking leaves of it: tables that a lawyer can follow, and no hands.

`schedule` says when, `fields` says what, `mask` does it to values. Floor 2 reads and writes the rows.
"""
