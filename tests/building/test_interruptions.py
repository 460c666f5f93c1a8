"""A build that is stopped, by the user or by the disk: the old release or the new one, never half of one."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bikgraph.building import build_release as build
from bikgraph.project import Project
from bikgraph.release import current
from tests.conftest import ROOT, dump_of, edit, run
from tests.tiny import add_norway

PROFILE = "profiles/mt-2020.yaml"
KILLS = DISKS = INTERRUPTIONS = 20
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
ASK = ("ask", "pillar-coordinators", "--country", "MT", "--format", "csv")


def answer(text: str) -> str:
    """The tiny profile with an answer in the place of a blank."""
    return text.replace("policy-shape: {answer: not-answered", "policy-shape: {answer: broader-policies")


def garbage(project: Project) -> list[str]:
    """What a release folder holds beside what a build that ended well leaves in it."""
    release = project.release
    folders = [path for path in (release / "builds").iterdir() if path != (release / "current").resolve()]
    hidden = [path for path in release.rglob(".*") if path.name != ".lock"]
    others = [path for path in release.iterdir() if path.name not in {"builds", "cache", "current", ".lock"}]
    # The release before the current one stays, for whoever reads it.
    return [path.name for path in (*(folders if len(folders) > 1 else []), *hidden, *others)]


def start_slow_build(project: Project) -> subprocess.Popen[bytes]:
    """A build that stands still in the middle: everything is written aside, nothing is swapped in yet."""
    code = (
        "import sys, time; from bikgraph.release import writer as release; from bikgraph.cli.main import run\n"
        "def stop(*_):\n    open(sys.argv[1], 'w').close(); time.sleep(60)\n"
        "release._swap = stop; sys.exit(run(['--project', sys.argv[2], 'build']))"
    )
    mark = project.root / "reached"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(mark), str(project.root)],
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while not mark.exists():
        assert time.monotonic() < deadline
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    return process


@pytest.mark.parametrize(("how", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_interrupted_build_keeps_the_release(own_tiny: Project, how: signal.Signals, status: int) -> None:
    """Ctrl-C or kill -9 in the middle of a build: the old release answers, and the next build succeeds and tidies
    up.
    """
    before = dump_of(own_tiny)
    edit(own_tiny, PROFILE, answer)
    process = start_slow_build(own_tiny)
    process.send_signal(how)
    _, stderr = process.communicate(timeout=30)

    assert process.returncode == status
    assert b"Traceback" not in stderr
    assert dump_of(own_tiny) == before
    assert len(run(own_tiny, *ASK).stdout.splitlines()) == 2
    build(own_tiny)
    assert dump_of(own_tiny) != before
    assert not list((own_tiny.release / "builds").glob(".new-*"))


def limited(project: Project, size: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run bikgraph where no file may grow over `size` bytes, as on a disk that is full.

    Python ignores SIGXFSZ, so that a write past the limit is an error, as ENOSPC is.
    """
    return subprocess.run(
        [sys.executable, "-m", "bikgraph", "--project", str(project.root), *arguments],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        capture_output=True,
        text=True,
        check=False,
        env=ENVIRONMENT,
        timeout=60,
    )


def test_full_disk_is_explained(own_tiny: Project) -> None:
    """A disk without room ends the build with a message; the old release answers on, and no half-written one is
    left.
    """
    before = dump_of(own_tiny)
    edit(own_tiny, PROFILE, answer)
    done = limited(own_tiny, 20_000, "build")

    assert done.returncode == 2, done.stderr
    assert "cannot be written to" in done.stderr
    assert "Traceback" not in done.stderr
    assert dump_of(own_tiny) == before
    assert not list((own_tiny.release / "builds").glob(".new-*"))


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare to mount a read-only disk")
def test_read_only_disk(own_tiny: Project) -> None:
    """On a read-only disk questions are answered, and a build says why it cannot write."""
    root = own_tiny.root
    mount = f"mount --bind {root} {root} && mount -o remount,ro,bind {root}"

    def mounted(command: str) -> subprocess.CompletedProcess[str]:
        script = f"{mount} && {command}"
        return subprocess.run(
            ["unshare", "-m", "bash", "-c", script], capture_output=True, text=True, check=False, env=ENVIRONMENT
        )

    if mounted("true").returncode != 0:
        pytest.skip("this machine does not let us mount")
    bikgraph = f"{sys.executable} -m bikgraph --project {root}"
    asked = mounted(f"{bikgraph} {' '.join(ASK)}")
    assert len(asked.stdout.splitlines()) == 2, asked.stderr
    built = mounted(f"{bikgraph} build")
    assert built.returncode == 2
    assert "Read-only file system" in built.stderr
    assert "Traceback" not in built.stderr


# ---- twenty of each, at moments and sizes that a seed draws


class TwoReleases(NamedTuple):
    """A built project with a change that is not built yet: what its release holds, and what the next one has to hold.

    The seconds are those of a build from nothing and of a build of the change alone.
    """

    project: Project
    before: bytes
    after: bytes
    build_seconds: float
    rebuild_seconds: float


def seconds_of_a_build(project: Project) -> float:
    """Build in a process of its own; returns how long it took."""
    started = time.monotonic()
    done = run(project, "build", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    return time.monotonic() - started


@pytest.fixture(scope="module")
def template(tiny: Project, tmp_path_factory: pytest.TempPathFactory) -> TwoReleases:
    """Two tiny countries, built; with a change that was built once, elsewhere, to know what it gives."""
    root = tmp_path_factory.mktemp("two-releases")
    project, changed = Project(root / "project"), Project(root / "changed")
    shutil.copytree(tiny.data, project.data)
    add_norway(project.data)
    build_seconds = seconds_of_a_build(project)
    shutil.copytree(project.root, changed.root, symlinks=True)
    edit(changed, PROFILE, answer)
    rebuild_seconds = seconds_of_a_build(changed)
    edit(project, PROFILE, answer)
    before, after = dump_of(project), dump_of(changed)
    assert before != after
    return TwoReleases(project, before, after, build_seconds, rebuild_seconds)


@pytest.fixture
def two_releases(template: TwoReleases, tmp_path: Path) -> TwoReleases:
    """A copy of the template that a test may change."""
    root = tmp_path / "project"
    shutil.copytree(template.project.root, root, symlinks=True)
    return template._replace(project=Project(root))


def processes_of(group: int) -> Iterator[int]:
    """The living processes of a process group; dead ones that nobody waited for do not count."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, its_group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(its_group) == group and state != "Z":
            yield int(folder.name)


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition comes true within some seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.slow
@pytest.mark.parametrize("number", range(KILLS))
def test_a_kill_at_any_moment(two_releases: TwoReleases, number: int) -> None:
    """Killed or interrupted at a random moment of a build or rebuild: the old or the new release, no orphan, no
    garbage after the next build.
    """
    chance = random.Random(number)  # noqa: S311 - the moments are to be the same in every run
    project, how = two_releases.project, signal.SIGKILL if number % 2 else signal.SIGINT
    from_nothing = number % 4 > 1
    if from_nothing:
        shutil.rmtree(project.release)
    usual = two_releases.build_seconds if from_nothing else two_releases.rebuild_seconds
    process = subprocess.Popen(
        [sys.executable, "-m", "bikgraph", "--project", str(project.root), "build", "--jobs", "2"],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(chance.uniform(0, usual))
    process.send_signal(how)
    _, stderr = process.communicate(timeout=60)

    assert b"Traceback" not in stderr
    # 0: it was done already; -2: the interpreter itself had not begun with our code, which answers Ctrl-C.
    assert process.returncode in ((0, -9) if how == signal.SIGKILL else (0, 130, -2))
    assert wait_until(lambda: not list(processes_of(process.pid)), 5), list(processes_of(process.pid))
    if from_nothing and current(project.release) is None:
        assert process.returncode != 0
    else:
        assert dump_of(project) in ({two_releases.after} | (set() if from_nothing else {two_releases.before}))
    again = run(project, "build", "--jobs", "2")
    assert again.returncode == 0, again.stderr
    assert dump_of(project) == two_releases.after
    assert garbage(project) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", range(DISKS))
def test_a_full_disk_at_any_size(two_releases: TwoReleases, number: int, tmp_path: Path) -> None:
    """A build or a written file that the disk has no room for: the old one stays, whole, and a sentence says why."""
    chance = random.Random(number)  # noqa: S311 - the sizes are to be the same in every run
    project = two_releases.project
    out = tmp_path / "out"
    # What each writes, with fewer bytes than its largest file has.
    build_most = max(path.stat().st_size for path in (project.release / "current").rglob("*") if path.is_file())
    writes: list[tuple[list[str], int]] = [
        (["build"], build_most),
        (["export", "--format", "ntriples", "-o", str(out)], 400_000),
        (["ask", "pillar-coordinators", "--country", "MT", "--format", "json", "-o", str(out)], 300),
        (["report", "--format", "markdown", "-o", str(out)], 300),
        (["draw", "network", "--country", "MT", "-o", str(out.with_suffix(".svg"))], 4_000),
    ]
    arguments, most = writes[number % len(writes)]
    target = Path(arguments[-1]) if "-o" in arguments else out
    target.write_text("what was there before")
    done = limited(project, chance.randrange(most), *arguments)

    assert done.returncode not in (0, 3), (arguments, done.stdout)
    assert done.stderr.startswith("bikgraph: "), done.stderr
    assert "should not have happened" not in done.stderr
    assert "Traceback" not in done.stderr
    assert target.read_text() == "what was there before"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({project.root.name, target.name})
    assert dump_of(project) == two_releases.before
    healed = run(project, "build")
    assert healed.returncode == 0, healed.stderr
    assert dump_of(project) == two_releases.after
    assert garbage(project) == []


@pytest.mark.slow
def test_ctrl_c_at_any_moment_of_a_question(tiny: Project) -> None:
    """Ctrl-C at any moment of `ask`, while Python still imports too: no traceback, and status 130.

    Only before the interpreter has called our `main` does the signal end it by itself (-2, or 1 where it cannot even
    find modules yet), with a traceback perhaps; after the answer it is done (0).
    """
    command = [sys.executable, "-m", "bikgraph", "--project", str(tiny.root), *ASK]
    started = time.monotonic()
    subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True)
    usual = time.monotonic() - started
    chance = random.Random(0)  # noqa: S311 - the moments are to be the same in every run
    statuses = []
    for _ in range(INTERRUPTIONS):
        process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        moment = chance.uniform(0, usual)
        time.sleep(moment)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
        statuses.append(process.returncode)
        if process.returncode in (130, 0):
            assert "Traceback" not in stderr, moment
        else:
            # The interpreter's start is not ours to make quiet, nor what it imports before it can call `main`.
            assert process.returncode in (-2, 1), (moment, stderr)
            assert ", in main" not in stderr, moment
    assert statuses.count(130) >= INTERRUPTIONS // 4, statuses


@pytest.mark.slow
def test_two_builds_at_once(two_releases: TwoReleases) -> None:
    """Two builds of one project at the same time end well, one after the other, with one release."""
    project = two_releases.project
    command = [sys.executable, "-m", "bikgraph", "--project", str(project.root), "build", "--jobs", "2"]
    both = [
        subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)
    ]
    said = [process.communicate(timeout=120) for process in both]

    assert [process.returncode for process in both] == [0, 0], said
    assert dump_of(project) == two_releases.after
    assert garbage(project) == []
