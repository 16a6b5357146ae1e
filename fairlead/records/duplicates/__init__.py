"""Finding records that are one and the same, and making one of them, for any noun."""
