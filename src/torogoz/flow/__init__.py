"""The flow: one step, one module, in the order in which data goes. Each begins by telling its step in five lines."""
