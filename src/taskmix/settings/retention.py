"""How long published reports are kept: ``[retention]``."""

from pydantic import Field

from taskmix.settings.mapping import Table


class Retention(Table):
    """``[retention]``: how long published reports are kept.

    Attributes
    ----------
    keep : int, optional
        The newest periods that are kept; all by default.
    """

    keep: int | None = Field(default=None, ge=1)
