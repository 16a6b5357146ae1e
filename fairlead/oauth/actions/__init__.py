"""What the oauth room writes."""
