"""What the credit room does."""
