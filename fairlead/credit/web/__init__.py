"""The pages of the credit room."""
