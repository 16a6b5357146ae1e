"""Documents and the vocabulary."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models

from fairlead.tenancy.public import FirmModel


class Document(FirmModel):
    """What can be found of one record. Derived from the record; rebuilt at any time.

    `lexemes` holds the folded words, each behind the firm's own mark: one index then serves every firm, and no
    query of one firm ever walks the words of another.
    """

    noun = models.TextField()
    record_id = models.UUIDField()
    title = models.TextField(help_text="What the result shows.")
    subtitle = models.TextField(blank=True, default="")
    title_key = models.TextField(help_text="Folded title: decides which result stands first.")
    lexemes = SearchVectorField()
    digits = models.TextField(blank=True, default="", help_text="Phone numbers as digits, a space between them.")
    owner_id = models.UUIDField(null=True, help_text="The membership that owns the record: for visibility.")

    class Meta(FirmModel.Meta):
        """The text indexes are made in SQL: their operators are no business of row-level security."""

        constraints = [models.UniqueConstraint(fields=["firm", "record_id"], name="search_document_once")]

    def __str__(self) -> str:
        return self.title


class Word(FirmModel):
    """A word that occurs in some name of the firm; what a mistyped word is corrected to."""

    word = models.TextField()

    class Meta(FirmModel.Meta):
        """Once a firm."""

        constraints = [models.UniqueConstraint(fields=["firm", "word"], name="search_word_once")]

    def __str__(self) -> str:
        return self.word
