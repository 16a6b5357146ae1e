"""Documents and the vocabulary."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models

from fairlead.tenancy.public import FirmModel


class Document(FirmModel):
    """What can be found of one record. Derived from the record; rebuilt at any time.

    Its words are marked with the firm, so that no query of one firm ever walks the words of another.
    """

    noun = models.TextField(help_text="A registered noun: contact, company, deal, …")
    record_id = models.UUIDField(
        help_text="The record that the result leads to; no foreign key, as it may be of any table."
    )
    title = models.TextField(help_text="What the result shows.")
    subtitle = models.TextField(
        blank=True, default="",
        help_text="The second line of the result, up to 300 characters; its words are found too.",
    )  # fmt: skip
    title_key = models.TextField(help_text="Folded title: decides which result stands first.")
    lexemes = SearchVectorField(
        help_text="The folded words, each behind the firm's own mark: one index then serves every firm."
    )
    digits = models.TextField(blank=True, default="", help_text="Phone numbers as digits, a space between them.")
    owner_id = models.UUIDField(null=True, help_text="The membership that owns the record: for visibility.")

    class Meta(FirmModel.Meta):
        """The text indexes are made in SQL: their operators are no business of row-level security."""

        constraints = [models.UniqueConstraint(fields=["firm", "record_id"], name="search_document_once")]

    def __str__(self) -> str:
        return self.title


class Word(FirmModel):
    """A word that occurs in some name of the firm; what a mistyped word is corrected to."""

    word = models.TextField(
        help_text="Folded, at least three characters and not only digits; taken from titles of documents."
    )

    class Meta(FirmModel.Meta):
        """Once a firm."""

        constraints = [models.UniqueConstraint(fields=["firm", "word"], name="search_word_once")]

    def __str__(self) -> str:
        return self.word
