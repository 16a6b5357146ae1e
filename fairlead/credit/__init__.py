"""What-if estimates of a client's credit score."""
