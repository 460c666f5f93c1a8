"""What a release is made of besides its store: the members of its graphs, and its other files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bikgraph.building.cache import Cache
from bikgraph.building.graph_result import GraphResult
from bikgraph.errors import ReleaseError
from bikgraph.findings import Finding
from bikgraph.namespaces import INFERRED
from bikgraph.project import Project
from bikgraph.release import CONTEXT, FINDINGS, QUESTIONS, current
from bikgraph.release.writer import Member


def members_of(results: Sequence[GraphResult], keys: Mapping[str, str], cache: Cache) -> list[Member]:
    """The members of all graphs that are not empty, companions too, in the order of their names."""
    members = []
    for result in results:
        data = cache.members(result.graph, keys[result.graph])
        if result.told_count:
            members.append(Member(result.graph, result.told_count, data["told"], result.info, data["positions"]))
        if result.inferred_count:
            members.append(Member(result.graph + INFERRED, result.inferred_count, data["inferred"]))
    return sorted(members, key=lambda member: member.name)


def files_of(project: Project, findings: Sequence[Finding], headers: Mapping[str, Any]) -> dict[str, bytes]:
    """The files that a release keeps of its project: context, findings, and the `headers` of its questions."""

    def as_json(data: object) -> bytes:
        return json.dumps(data, ensure_ascii=False, sort_keys=True).encode()

    return {
        CONTEXT: project.context_file.read_bytes(),
        QUESTIONS: as_json(headers),
        FINDINGS: as_json([asdict(finding) for finding in findings]),
    }


def stored_headers(project: Project) -> dict[str, Any] | None:
    """The headers of the project's questions as its last release has them; None without a whole one."""
    try:
        last = current(project.release)
        headers = None if last is None else last.questions
    except ReleaseError:
        return None
    return headers
