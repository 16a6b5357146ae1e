"""Backups: one file that holds a whole installation, and the way back.

The file is a tar (POSIX.1-2001): `fairlead-backup` first, then the database (pg_dump's custom format), the
uploads, the outbox and the keys, and `manifest.json` last, with a size and a SHA-256 for every member. A file
without its manifest is one whose writer did not finish.
"""
