"""The page's colours: one source, the taxonomy, for stylesheets and for charts."""

from typing import Any

from taskmix.taxonomy import COLOURS, TEXT_COLOURS

#: Colours that only a page's own words need. Light, dark.
_SIGNALS: dict[str, tuple[str, str]] = {
    "good": ("#1a7f4b", "#4cc38a"),
    "warn": ("#9a5b00", "#f0b040"),
    "bad": ("#b42318", "#ff8f80"),
}


def variables(*, dark: bool) -> str:
    """Return the colours as CSS custom properties, without a selector.

    Examples
    --------
    >>> variables(dark=False)[:20]
    '--execution:#8a94a3;'
    """
    twins = {**COLOURS, **_SIGNALS}
    return "".join(f"--{name}:{pair[dark]};" for name, pair in twins.items())


def twins() -> dict[str, str]:
    """Return the dark twin of each light colour, for the charts' swap."""
    return dict(TEXT_COLOURS.values()) | dict(COLOURS.values())


def plotly_template() -> dict[str, Any]:
    """Return the one Plotly template that all figures of a page share, in light colours."""
    ink, soft, line = (COLOURS[name][0] for name in ("ink", "soft", "line"))
    # dragmode and fixedrange: a finger on a chart must scroll the page, not zoom the axis.
    axis = {
        "automargin": True,
        "fixedrange": True,
        "gridcolor": line,
        "linecolor": line,
        "zeroline": False,
        "ticks": "",
        "ticklabelstandoff": 6,
        "title": {"standoff": 12},
    }
    small = {"size": 13, "color": soft}
    return {
        "layout": {
            "font": {"family": "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif", **small},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": [
                COLOURS[name][0]
                for name in ("judgment", "creative", "connective", "ai", "execution")
            ],
            "margin": {"l": 40, "r": 16, "t": 16, "b": 36},
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {
                "font": {"size": 13, "color": ink},
                "bgcolor": COLOURS["wash"][0],
                "bordercolor": line,
            },
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": small},
            "xaxis": axis,
            "yaxis": axis,
            "annotationdefaults": {"arrowcolor": soft, "arrowhead": 0, "arrowwidth": 1},
            "coloraxis": {"colorbar": {"outlinewidth": 0, "ticks": "", "thickness": 12}},
        },
        "data": {
            # Plotly would shrink a bar's text to fit, below what can be read.
            "bar": [{"constraintext": "none", "textangle": 0, "type": "bar"}],
            "pie": [{"automargin": True, "type": "pie"}],
            "heatmap": [{"colorbar": {"outlinewidth": 0, "thickness": 12}, "type": "heatmap"}],
        },
    }
