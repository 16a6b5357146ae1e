"""What the API itself writes."""
