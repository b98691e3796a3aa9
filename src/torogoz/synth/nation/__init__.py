"""A nation of invented people, of any size, for measuring what a list of a million does.

`synth.people` makes households whose names come from short tables: enough for a day's flights, too few words for a
list of a million. Here each group of people has the commonest names of its languages at their head (general knowledge,
`synth.names` and `heads`) and behind them names made by the rules by which its languages form names (`shapes`), so that
common words are as common and rare ones as many as on a list of that size. Nobody real is meant, and nothing was taken
from a collection of real people. What is made: `people.nation` gives people, `listed.entries` a list.
"""
