"""Fairlead: the whole client life of a professional-services firm in one application."""

__version__ = "0.1.0"
