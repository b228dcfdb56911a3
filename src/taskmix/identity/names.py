"""How names are compared."""

import unicodedata

SEPARATOR = ";"


def name_key(name: str) -> str:
    r"""Write a name or e-mail address as it is compared: case, width and blanks do not count.

    Examples
    --------
    >>> name_key("  Ana\u00a0RUIZ "), name_key("Ana@Example.org")
    ('ana ruiz', 'ana@example.org')
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def split_names(text: str) -> list[str]:
    """Split names joined by ``;``, leaving out empty ones.

    Examples
    --------
    >>> split_names("ana@example.org; Ana R.;")
    ['ana@example.org', 'Ana R.']
    """
    return [name for part in text.split(SEPARATOR) if (name := part.strip())]
