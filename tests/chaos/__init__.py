"""What a home looks like after a day on which everything went wrong, held against one on which nothing did."""
