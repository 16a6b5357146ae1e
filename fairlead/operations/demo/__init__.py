"""The demo firm: made on the first start, marked on every page, removed with one click."""

from fairlead.operations.demo.firm import create, remove, remove_all

__all__ = ["create", "remove", "remove_all"]
