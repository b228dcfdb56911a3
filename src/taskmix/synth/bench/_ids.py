"""Ids that look like digests: different ones for different numbers, the same for the same seed."""

import numpy as np
import pyarrow as pa

_DIGITS = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
_TASK, _PERSON = 24, 16


def task_ids(n: int, *, seed: int) -> pa.Array:
    """Make ids of 24 hexadecimal digits, as ingest's are."""
    text = _hexadecimal(n, _TASK, seed=seed)
    offsets = np.arange(0, _TASK * (n + 1), _TASK, dtype=np.int32)
    return pa.StringArray.from_buffers(n, pa.py_buffer(offsets), pa.py_buffer(text))


def person_ids(n: int, *, seed: int) -> np.ndarray:
    """Make ids like pseudonyms: ``p-`` and 16 hexadecimal digits.

    Examples
    --------
    >>> person_ids(2, seed=0).tolist()
    ['p-2ae3cc153597853c', 'p-02289dff8f5964a9']
    """
    text = _hexadecimal(n, _PERSON, seed=~seed)
    return np.char.add("p-", text.view(f"S{_PERSON}").ravel().astype("U"))


def _hexadecimal(n: int, digits: int, *, seed: int) -> np.ndarray:
    """Write the mixed numbers 0 … n-1: one row each, a byte a digit."""
    with np.errstate(over="ignore"):
        stream = _mix(np.array([seed % 2**64], dtype=np.uint64)) * np.uint64(2) + np.uint64(1)
        first = _mix(np.arange(1, n + 1, dtype=np.uint64) * stream)
        second = _mix(first + np.uint64(0x9E3779B97F4A7C15))
    octets = np.concatenate([first[:, None].view(np.uint8), second[:, None].view(np.uint8)], axis=1)
    text = np.empty((n, 32), dtype=np.uint8)
    text[:, 0::2], text[:, 1::2] = _DIGITS[octets >> 4], _DIGITS[octets & 15]
    return np.ascontiguousarray(text[:, :digits])


def _mix(z: np.ndarray) -> np.ndarray:
    """Mix the bits of 64-bit numbers, one to one.

    References
    ----------
    Steele, Lea & Flood (2014). Fast splittable pseudorandom number generators,
    doi:10.1145/2714064.2660195.
    """
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
