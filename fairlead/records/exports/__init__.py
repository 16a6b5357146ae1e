"""Exports: any filtered list as CSV or XLSX, streamed, neutralised, permitted and audited."""
