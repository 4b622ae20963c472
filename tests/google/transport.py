"""The double inside the test's own process: gspread with a session whose requests go nowhere else."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import gspread
import requests
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.service_account import Credentials
from requests.adapters import BaseAdapter

from tests.google.double import GoogleDouble
from tests.google.oauth import ServiceAccount
from tests.google.wire import Answer, Call, ConnectionCutError

SCOPES: Final = ("https://www.googleapis.com/auth/spreadsheets",)


class DoubleAdapter(BaseAdapter):
    """Answers a session's requests with the double; a killed client is a `ClientKilledError` that nothing handles."""

    def __init__(self, google: GoogleDouble) -> None:
        super().__init__()
        self._google = google

    def __deepcopy__(self, _: Mapping[int, Any]) -> DoubleAdapter:
        """The adapter itself: google-auth copies its session for a thread of its own."""
        return self

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """The response to a request."""
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        if not isinstance(body, bytes):
            raise TypeError("The double takes whole bodies, not streams.")
        headers = {name: value if isinstance(value, str) else value.decode() for name, value in request.headers.items()}
        call = Call.to_url(request.method or "", request.url or "", headers, body)
        try:
            return _response(request, self._google.answer(call))
        except ConnectionCutError as error:
            raise requests.exceptions.ConnectionError("Connection aborted.", request=request) from error

    def close(self) -> None:
        """Nothing is open."""


def connected_session(google: GoogleDouble) -> requests.Session:
    """A session all of whose requests go to the double."""
    session = requests.Session()
    session.mount("https://", DoubleAdapter(google))
    return session


def http_client(google: GoogleDouble, account: ServiceAccount, scopes: Sequence[str] = SCOPES) -> gspread.HTTPClient:
    """gspread's client signed in as a service account."""
    credentials = Credentials.from_service_account_info(account.info(), scopes=list(scopes))
    session = AuthorizedSession(credentials, auth_request=Request(connected_session(google)))
    session.mount("https://", DoubleAdapter(google))
    return gspread.HTTPClient(credentials, session=session)


def _response(request: requests.PreparedRequest, answer: Answer) -> requests.Response:
    response = requests.Response()
    response.status_code = answer.status
    response.reason = HTTPStatus(answer.status).phrase
    response.url = request.url or ""
    response.request = request
    response.headers.update({"Content-Type": answer.content_type, **answer.headers})
    response.raw = io.BytesIO(answer.payload())
    return response
