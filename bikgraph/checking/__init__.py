"""What is wrong in the data that no file's own reader sees: shapes, and likely doubles."""
