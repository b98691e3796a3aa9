"""Targeting rules (pre-determined criteria): their vocabulary, language, compiler, explanation and linter.

The order to read: `field` and `fields/` (what may be asked), `facts` (what is known of a traveller), `language` (how a
condition is written and what unknown means), `interpret` (what it means, in plain Python), `compile` (the same for a
whole manifest at once), `explain` (why a rule fired), `proof` and `check` (what is refused before it screens anybody).
The semantics are written down in docs/design/rule-semantics.md, and both engines obey it.
"""
