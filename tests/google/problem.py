"""Google's errors: HTTP status, canonical code, sentence and details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.google.wire import Answer, Json

_TYPE = "type.googleapis.com/google.rpc"


class ApiError(Exception):
    """An error answer of the API."""

    def __init__(
        self,
        http: int,
        status: str,
        message: str,
        details: Sequence[Json] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.http = http
        self.status = status
        self.message = message
        self.details = details
        self.headers = headers or {}

    def answer(self) -> Answer:
        """The error as Google words it."""
        error: Json = {"code": self.http, "message": self.message, "status": self.status}
        if self.details:
            error["details"] = list(self.details)
        return Answer(self.http, {"error": error}, self.headers)


class RefusedError(Exception):
    """Why one request of a batch, or one range of values, cannot be; the caller says which."""


class BeyondDoubleError(Exception):
    """Something Google may well do and the double does not: it must be loud, or a test would pass by omission."""


def invalid(message: str, violations: Sequence[tuple[str, str]] = ()) -> ApiError:
    """400 INVALID_ARGUMENT; `violations` are pairs of field and description."""
    details = []
    if violations:
        fields = [
            {"field": field, "description": text} if field else {"description": text} for field, text in violations
        ]
        details.append({"@type": f"{_TYPE}.BadRequest", "fieldViolations": fields})
    return ApiError(400, "INVALID_ARGUMENT", message, details)


def unauthenticated() -> ApiError:
    """401: no token, or one that Google does not know or no longer takes."""
    text = (
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    return ApiError(401, "UNAUTHENTICATED", text)


def not_permitted() -> ApiError:
    """403: the spreadsheet is not shared with the caller, or not for writing."""
    return ApiError(403, "PERMISSION_DENIED", "The caller does not have permission")


def insufficient_scopes(method: str) -> ApiError:
    """403: the token was asked for without a scope of this method."""
    metadata = {"service": "sheets.googleapis.com", "method": method}
    info = error_info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", metadata)
    return ApiError(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.", [info])


def service_disabled(project: str) -> ApiError:
    """403: the Sheets API is not enabled in the caller's project."""
    url = f"https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project={project}"
    text = (
        f"Google Sheets API has not been used in project {project} before or it is disabled. Enable it by visiting "
        f"{url} then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our "
        "systems and retry."
    )
    metadata = {"service": "sheets.googleapis.com", "consumer": f"projects/{project}", "activationUrl": url}
    return ApiError(403, "PERMISSION_DENIED", text, [error_info("SERVICE_DISABLED", metadata)])


def not_found() -> ApiError:
    """404: there is no such spreadsheet."""
    return ApiError(404, "NOT_FOUND", "Requested entity was not found.")


def beyond(text: str) -> ApiError:
    """501: the double does not do this."""
    return ApiError(501, "UNIMPLEMENTED", f"The double does not do this: {text}")


def error_info(reason: str, metadata: Mapping[str, str]) -> Json:
    """The machine-readable detail of an error."""
    return {"@type": f"{_TYPE}.ErrorInfo", "reason": reason, "domain": "googleapis.com", "metadata": dict(metadata)}
