"""One HTTP POST of a JSON object, with the standard library alone."""

import base64
import http.client
import json
import socket
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from taskmix.batch.notifying.delivery import UndeliveredError

_BUSY = 429


class _NoRedirects(HTTPRedirectHandler):
    """Where the message goes is decided in the settings, not by who answers."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing: a redirect is then an answer like any other."""


def post(url: str, payload: Mapping[str, Any], *, limit: float) -> None:
    """Post a JSON object to an address, which is told to nobody.

    Raises
    ------
    UndeliveredError
        If it was not taken: the other side cannot be reached, says no, or wants it elsewhere.
    """
    body = json.dumps(payload, ensure_ascii=False).encode("utf-8")
    address, signed = _signed(url)
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "taskmix", **signed}
    request = Request(address, data=body, headers=headers, method="POST")
    try:
        with build_opener(_NoRedirects).open(request, timeout=limit):
            return
    except HTTPError as error:
        with error:
            raise _refused(error) from None
    except URLError as error:
        raise unreachable(error.reason) from None
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        # An answer that is cut off, or is no HTTP; its text may quote the address.
        raise unreachable(error) from None


def host_of(url: str) -> str:
    """Return the server's name in an address: no path, which is the secret of most webhooks.

    Examples
    --------
    >>> host_of("https://me:secret@chat.example.org/hooks/secret")
    'chat.example.org'
    """
    return urlsplit(url).hostname or "?"


def _signed(url: str) -> tuple[str, dict[str, str]]:
    """Take user and password out of an address; urllib would look them up as a server's name."""
    parts = urlsplit(url)
    if parts.username is None:
        return url, {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
    address = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return address, {"Authorization": f"Basic {base64.b64encode(pair).decode('ascii')}"}


def unreachable(error: object) -> UndeliveredError:
    """Say why a server cannot be reached; another try may help, save with a wrong certificate."""
    match error:
        case ssl.SSLCertVerificationError():
            return UndeliveredError(f"its certificate is not trusted ({error.verify_message})")
        case ssl.SSLError():
            return UndeliveredError(f"no safe connection ({error.reason or 'TLS failed'})")
        case TimeoutError():
            return UndeliveredError("no answer in time")
        case socket.gaierror():
            return UndeliveredError("no server of that name is known", again=True)
        case OSError() if error.strerror:
            return UndeliveredError(f"cannot be reached ({error.strerror})", again=True)
        case _:
            return UndeliveredError(f"cannot be reached ({type(error).__name__})", again=True)


def _refused(error: HTTPError) -> UndeliveredError:
    code = error.code
    if 300 <= code < 400:
        return UndeliveredError(f"it answered {code}: moved; set the webhook to its new address")
    again = code == _BUSY or code >= 500
    asked = str(error.headers.get("Retry-After", "")) if error.headers else ""
    return UndeliveredError(
        f"it answered {code} ({http.client.responses.get(code, 'unknown')})",
        again=again,
        pause=float(asked) if asked.isdecimal() else 0.0,
    )
