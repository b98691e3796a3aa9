"""What the benchmarks of matching share: who is listed and who travels, our own runs, and each peer's."""
