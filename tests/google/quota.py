"""Quotas per minute, for a project and for each of its users."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from tests.google.batch.draft import Caller
from tests.google.problem import ApiError, error_info

_HELP: Final = {
    "@type": "type.googleapis.com/google.rpc.Help",
    "links": [
        {
            "description": "Request a higher quota limit.",
            "url": "https://cloud.google.com/docs/quotas/help/request_increase",
        }
    ],
}


@dataclass
class Quota:
    """Calls that each minute allows; None allows any number."""

    clock: Callable[[], float]
    per_user: int | None = 60
    per_project: int | None = 300
    _counts: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def spend(self, caller: Caller, *, write: bool) -> None:
        """Count a call; raises `ApiError` when a minute's calls are spent."""
        kind = "Write" if write else "Read"
        minute = int(self.clock() // 60)
        for owner, scope, limit in (
            (caller.email, " per user", self.per_user),
            (caller.project, "", self.per_project),
        ):
            key = (owner, kind, minute)
            self._counts[key] = self._counts.get(key, 0) + 1
            if limit is not None and self._counts[key] > limit:
                raise quota_exceeded(caller.project, kind, scope, limit)


def quota_exceeded(project: str, kind: str, scope: str, limit: int) -> ApiError:
    """429 in Google's words; `kind` is Read or Write, `scope` is " per user" or nothing."""
    metadata = {
        "service": "sheets.googleapis.com",
        "consumer": f"projects/{project}",
        "quota_metric": f"sheets.googleapis.com/{kind.lower()}_requests",
        "quota_limit": f"{kind}RequestsPerMinutePer{'User' if scope else 'Project'}",
        "quota_limit_value": str(limit),
        "quota_location": "global",
        "quota_unit": "1/min/{project}/{user}" if scope else "1/min/{project}",
    }
    text = (
        f"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute{scope}' of service "
        f"'sheets.googleapis.com' for consumer 'project_number:{project}'."
    )
    return ApiError(429, "RESOURCE_EXHAUSTED", text, [error_info("RATE_LIMIT_EXCEEDED", metadata), _HELP])
