"""Base classes of the API: no domain words, no models. See README.md for how a room adds its resources."""
