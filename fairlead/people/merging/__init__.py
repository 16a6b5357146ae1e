"""What contacts and companies bring to duplicates and merging."""
