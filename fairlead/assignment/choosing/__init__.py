"""Who would get a record, and why: everything here reads, nothing writes."""
