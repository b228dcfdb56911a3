"""Markers of meaningful work: conditions, stated for groups, each beside its counterweight."""

from taskmix.measures.markers.catalogue import CATALOGUE, MARKERS, Marker, catalogue
from taskmix.measures.markers.measure import markers
from taskmix.measures.markers.places import Places, make_places, places_of

__all__ = [
    "CATALOGUE",
    "MARKERS",
    "Marker",
    "Places",
    "catalogue",
    "make_places",
    "markers",
    "places_of",
]
