"""The field's nouns as frozen values, which every floor above shares.

They hold what was said, never what to do about it. Nothing here reads a clock, a file, the network or a setting.
"""
