"""What a check finds: one finding is one place in one file, what is wrong there, and how to mend it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Literal

from bikgraph.plain_text import one_line, visible

Severity = Literal["error", "warning", "info"]
Format = Literal["text", "json", "github"]
FORMATS: tuple[Format, ...] = ("text", "json", "github")
_RANK = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, order=True)
class Finding:
    """A place (`file` relative to the project, `line` and `column` from 1) and what was found there."""

    file: str
    line: int
    column: int
    severity: Severity
    rule: str
    message: str
    value: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the finding stops a build."""
        return self.severity == "error"


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those of `findings` that stop a build."""
    return [finding for finding in findings if finding.is_error]


def render(findings: Sequence[Finding], form: Format) -> str:
    """The findings as text grouped by file, as JSON, or as GitHub's annotations; ends in a newline unless empty."""
    ordered = sorted(set(findings))
    if form == "json":
        return json.dumps([asdict(finding) for finding in ordered], ensure_ascii=False, indent=2) + "\n"
    if form == "github":
        return "".join(_annotation(finding) for finding in ordered)
    lines: list[str] = []
    for file, group in groupby(ordered, key=lambda finding: finding.file):
        if lines:
            lines.append("")
        for finding in sorted(group, key=lambda f: (f.line, f.column, _RANK[f.severity])):
            value = f"  [{_shorten(finding.value)}]" if finding.value else ""
            told = f"{finding.severity}: {visible(finding.message)}{value}"
            lines.append(f"{one_line(file)}:{finding.line}:{finding.column}: {told}")
    return "\n".join(lines) + "\n" if lines else ""


def summarise(findings: Iterable[Finding]) -> str:
    """The findings counted by severity, such as `2 errors, 1 warning`."""
    counts = dict.fromkeys(_RANK, 0)
    for finding in set(findings):
        counts[finding.severity] += 1
    parts = [f"{n} {name}{'s' if n != 1 else ''}" for name, n in counts.items() if n]
    return ", ".join(parts) or "no findings"


def _shorten(value: str, width: int = 80) -> str:
    cut = value if len(value) <= width else value[: width - 1] + "…"
    return visible(cut)


def _annotation(finding: Finding) -> str:
    # https://docs.github.com/actions: %, CR and LF are escaped in messages; : and , too in properties.
    kind = {"error": "error", "warning": "warning", "info": "notice"}[finding.severity]
    text = visible(finding.message) + (f" [{_shorten(finding.value)}]" if finding.value else "")
    message = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = visible(finding.file).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{kind} file={file},line={finding.line},col={finding.column},title={finding.rule}::{message}\n"
