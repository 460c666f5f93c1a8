"""The cache of results: what does not fit is a miss; changed code that makes results is a changed key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bikgraph.building import cache as caching
from bikgraph.building.cache import Cache, code_digest
from bikgraph.building.graph_result import GraphResult
from bikgraph.findings import Finding
from bikgraph.release.dump import quick_checksum
from bikgraph.release.graphs import GraphInfo

LINE = b"<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n"


def result() -> GraphResult:
    """A result with something in each field that JSON could change."""
    finding = Finding("data/actors/mt.yaml", 3, 4, "warning", "rule", "A message.", "value")
    return GraphResult("mt", GraphInfo("mt", "actors", "mt"), LINE, LINE, b"positions", [finding], {"mt-a": ["A"]})


def entry(cache: Cache) -> Path:
    """The folder of the only entry."""
    (found,) = cache.folder.glob("*/*")
    return found


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    """A result is loaded as it was saved, with its triples and positions once it is filled."""
    cache = Cache(tmp_path)
    cache.save(result(), "key")
    loaded = cache.load("mt", "key")

    assert loaded is not None
    assert cache.fill(loaded, "key") == result().count()
    assert cache.load("mt", "other key") is None


@pytest.mark.parametrize("name", ["told.gz", "inferred.gz", "positions.gz", "result.json"])
def test_an_entry_that_does_not_fit_is_a_miss(tmp_path: Path, name: str) -> None:
    """An emptied, changed or missing file of an entry makes the whole entry a miss."""
    cache = Cache(tmp_path)
    for content in (b"", b"{}", b"[]", b"x" * 40):
        cache.save(result(), "key")
        (entry(cache) / name).write_bytes(content)
        assert cache.load("mt", "key") is None, content
    (entry(cache) / name).unlink()
    assert cache.load("mt", "key") is None


@pytest.mark.parametrize("change", ["finding", "result", "info"])
def test_an_entry_of_another_version_is_a_miss(tmp_path: Path, change: str) -> None:
    """A field that another version named otherwise, with a fitting checksum, is a miss, not an error."""
    cache = Cache(tmp_path)
    cache.save(result(), "key")
    path = entry(cache) / "result.json"
    head, _, body = path.read_bytes().partition(b"\n")
    data = json.loads(body)
    if change == "finding":
        data["findings"][0]["hint"] = data["findings"][0].pop("message")
    elif change == "info":
        data["info"].append("one field more")
    else:
        data["quoted"] = data.pop("cited")
    changed = json.dumps(data).encode()
    checksums = json.loads(head) | {"result": quick_checksum(changed)}
    path.write_bytes(json.dumps(checksums).encode() + b"\n" + changed)

    assert cache.load("mt", "key") is None


@pytest.mark.parametrize("name", ["reading/new_module.py", "checking/rules.rq", "namespaces.py", "building/deep/x.py"])
def test_the_digest_is_of_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A new or changed file in a folder that makes results changes the digest, without being listed anywhere."""
    package = tmp_path / "bikgraph"
    for folder in ("vocabulary", "reading", "checking", "reasoning", "questions", "building"):
        (package / folder).mkdir(parents=True)
    monkeypatch.setattr(caching, "__file__", str(package / "building" / "cache.py"))
    before = code_digest.__wrapped__()
    (package / name).parent.mkdir(exist_ok=True)
    (package / name).write_text("changed")

    assert code_digest.__wrapped__() != before
    (package / "cli").mkdir()
    after = code_digest.__wrapped__()
    (package / "cli" / "main.py").write_text("a face makes no results")
    assert code_digest.__wrapped__() == after
