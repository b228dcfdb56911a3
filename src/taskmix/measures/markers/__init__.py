"""Markers of meaningful work: conditions, stated for groups, each beside its counterweight."""

from taskmix.measures.markers.catalogue import CATALOGUE, MARKERS, Marker, marker_catalogue
from taskmix.measures.markers.measure import markers
from taskmix.measures.markers.places import Places, make_places, places_of
from taskmix.measures.markers.scoped import markers_in_scope

__all__ = [
    "CATALOGUE",
    "MARKERS",
    "Marker",
    "Places",
    "make_places",
    "marker_catalogue",
    "markers",
    "markers_in_scope",
    "places_of",
]
