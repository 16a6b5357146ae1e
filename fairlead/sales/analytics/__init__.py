"""Figures about deals, each with the deals behind it."""
