"""The rows of the vocabulary, one module a group. Each row derives its value from a `Subject` and nothing else."""
