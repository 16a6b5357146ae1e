"""Contacts and companies as the engines see them."""
