"""The JSON API over real HTTP: answers, pages, tags, problems, and what its description promises."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from graph.serve.openapi import document


def test_an_entity_with_its_claims(live: str) -> None:
    value = httpx.get(f"{live}/api/entities/finland").json()
    assert (value["name"], value["kind"]) == ("Finland", "Country")
    assert {row["predicate"] for row in value["claims"]["rows"]} == {"memberOf", "headOfStateOf", "actor"}


def test_pages_cover_every_row_once(live: str) -> None:
    seen, after = [], None
    while True:
        page = httpx.get(
            f"{live}/api/entities/finland", params={"limit": 1} | ({"after": after} if after else {})
        ).json()
        seen += [row["id"] for row in page["claims"]["rows"]]
        after = page["claims"]["next"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == page["claims"]["total"] == 4


def test_an_event_as_known(live: str) -> None:
    value = httpx.get(f"{live}/api/events/crimea-referendum-2014", params={"known_at": "2014-03-18"}).json()
    assert value["when"] == "2014-03-16"
    assert value["places"] == ["crimea"]


def test_search_finds_by_alias(live: str) -> None:
    found = httpx.get(f"{live}/api/search", params={"q": "North Atlantic Treaty Organization"}).json()["results"]
    assert found[0]["id"] == "nato"


def test_a_chain(live: str) -> None:
    value = httpx.get(f"{live}/api/chain", params={"focus": "un-vote-crimea-2014", "as_of": "2014-12-31"}).json()
    assert [s["event"] for s in value["steps"]][-1] == "un-vote-crimea-2014"


def test_etag_spares_the_answer(live: str) -> None:
    first = httpx.get(f"{live}/api/entities/nato")
    again = httpx.get(f"{live}/api/entities/nato", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


PROBLEMS = [
    ("/api/entities/atlantis", 404),
    ("/api/claims/0000000000000000", 404),
    ("/api/events/finland", 404),
    ("/api/search?q=", 400),
    ("/api/search?q=x&limit=0", 400),
    ("/api/search?q=x&limit=%F0%9D%9F%99", 400),
    ("/api/chain", 400),
    ("/api/chain?focus=Atlantis", 404),
    ("/api/events/crimea-referendum-2014?known_at=yesterday", 400),
    ("/api/entities/nato?after=nothing", 400),
    ("/api/nothing", 404),
    ("/..%2f..%2fetc/passwd", 404),
    ("/%2e%2e/%2e%2e/etc/passwd", 404),
    ("//evil.example/x", 404),
    ("/page%00", 404),
]


@pytest.mark.parametrize(("path", "status"), PROBLEMS)
def test_problems(path: str, status: int, live: str) -> None:
    answer = httpx.get(f"{live}{path}", follow_redirects=False)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert "passwd" not in answer.text
    assert "Traceback" not in answer.text
    assert "location" not in answer.headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "OPTIONS", "PATCH"])
def test_other_methods_are_refused(method: str, live: str) -> None:
    answer = httpx.request(method, f"{live}/api/entities/nato")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


def test_the_description_names_every_path(live: str) -> None:
    assert httpx.get(f"{live}/api/openapi.json").json() == document()
    for path, item in document()["paths"].items():
        if "get" not in item:
            continue
        url = path.replace("{id}", "nato")
        params = {p["name"]: "nato" for p in item["get"]["parameters"] if p.get("required") and p["in"] == "query"}
        assert httpx.get(f"{live}{url}", params=params, timeout=60).status_code in (200, 400, 404, 422)


def test_a_draft_is_checked(live: str) -> None:
    text = "Finland joined NATO on April 4, 2023."
    address, days = f"{live}/api/check", {"as_of": "2024-06-01"}
    answer = httpx.post(address, params=days, content=text, headers={"content-type": "text/plain"}, timeout=60)
    assert answer.status_code == 200, answer.text
    assert [s["text"] for s in answer.json()["sentences"]] == [text]
    assert httpx.post(address, params=days, content="x. " * 40_000, timeout=60).status_code == 413
    assert httpx.post(address, content=text).status_code == 400
    assert httpx.post(address, params=days, content=b"\xff\xfe").status_code == 400
    assert httpx.get(address).status_code == 405


def test_a_timeline(live: str) -> None:
    value = httpx.get(f"{live}/api/timeline", params={"focus": "crimea"}, timeout=60).json()
    days = [s["day"] for s in value["steps"]]
    assert days == sorted(days)
    assert days


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the fuzzer's own dependencies warn
def test_generated_requests_are_answered_as_described(live: str) -> None:
    """Each operation gets generated requests; status, media type and body must be as the description says."""
    import schemathesis

    described = schemathesis.openapi.from_dict(document())
    operations: Any = described.get_all_operations()
    for operation in operations:
        _run(operation.ok().as_strategy(), live)


def _run(strategy: Any, live: str) -> None:
    """Fifteen generated cases of one operation against the live server."""
    import schemathesis
    from hypothesis import HealthCheck, given, settings
    from schemathesis.specs.openapi import checks

    conform = [
        schemathesis.checks.not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_schema_conformance,
    ]

    @given(strategy)
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    def check(case: Any) -> None:
        answer = case.call(base_url=live)
        if answer.status_code == 503:  # a limit, said as one: the fuzzer takes every 5xx for a fault
            assert answer.headers["retry-after"]
            return
        case.validate_response(answer, checks=conform)

    check()
