"""What protects the people in the data: the policies, as tables and pure functions over them."""
