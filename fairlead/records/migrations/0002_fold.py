"""`fairlead_fold(text)`: the SQL twin of `kernel.text.fold`, for columns that have no folded copy.

It expects white space to be squeezed already (cleaning does that); only decomposition can bring in more.
"""

import sys
import unicodedata

from django.db import migrations

LETTERS = {"æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ß": "ss", "ẞ": "ss"}
LETTERS |= {"Æ": "ae", "Ø": "o", "Œ": "oe", "Ł": "l", "Đ": "d", "Ð": "d", "Þ": "th"}


def tables():
    """Return what `translate` takes: the letters that change, what they become, the marks that go; and the rest."""
    before, after, gone, longer = [], [], [], []
    for code in range(1, sys.maxunicode + 1):
        if 0xD800 <= code < 0xE000:
            continue
        letter = chr(code)
        if unicodedata.combining(letter):
            gone.append(letter)
            continue
        plain = LETTERS.get(letter) or letter.casefold()
        if plain == letter or unicodedata.normalize("NFKD", letter) != letter:
            continue
        if len(plain) == 1:
            before.append(letter)
            after.append(plain)
        else:
            longer.append((letter, plain))
    return "".join(before), "".join(after), "".join(gone), longer


def create(apps, schema_editor):
    before, after, gone, longer = tables()
    inner = f"translate(normalize(value, NFKD), '{before}{gone}', '{after}')"
    for letter, plain in longer:
        inner = f"replace({inner}, '{letter}', '{plain}')"
    spaces = "".join(f"\\u{code:04x}" for code in range(0x10000) if chr(code).isspace())
    schema_editor.execute(f"""
        CREATE FUNCTION fairlead_fold_unicode(value text) RETURNS text
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 200 AS $$
            SELECT btrim(regexp_replace({inner}, '[{spaces}]+', ' ', 'g'))
        $$""")
    # Most text is ASCII: this body is inlined into the query and never calls the function above for it.
    schema_editor.execute("""
        CREATE FUNCTION fairlead_fold(value text) RETURNS text
        LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5 AS $$
            SELECT CASE WHEN octet_length(value) = char_length(value) THEN lower(value COLLATE "C")
                ELSE fairlead_fold_unicode(value) END
        $$""")


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [
        migrations.RunPython(
            create,
            lambda apps, schema_editor: schema_editor.execute(
                "DROP FUNCTION fairlead_fold(text); DROP FUNCTION fairlead_fold_unicode(text)"
            ),
        )
    ]
