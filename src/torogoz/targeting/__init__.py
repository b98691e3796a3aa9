"""Targeting rules (pre-determined criteria): their vocabulary, language, two engines, explanation and linter.

The order to read: `field` and `fields/` (what may be asked), `person`, `party`, `subject` and `facts` (what is known of
a traveller), `condition` and `language` (how a rule asks, and what unknown means), `interpret` (what it means, in plain
Python), `compile` (the same for a whole manifest at once), `explain` (why it fired), `rulefile`, `proof` and `check`
(what is refused before it screens anybody). docs/design/rule-semantics.md says what both engines obey.
"""
