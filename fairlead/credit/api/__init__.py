"""The credit room under /api/v1/."""
