"""Print docs/codebook.md: ``python -m taskmix.taxonomy > docs/codebook.md``."""

from taskmix.taxonomy.codebook import codebook_markdown

print(codebook_markdown(), end="")
