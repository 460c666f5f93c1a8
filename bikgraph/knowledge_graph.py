"""The Python API: a release opened for questions. The command line and every other face use this, and nothing else.

>>> import bikgraph
>>> graph = bikgraph.open()
>>> [row.actorLabel for row in graph.ask("pillar-coordinators", country="BE", pillar="4")]
['Ministry of Justice']
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, BinaryIO, Unpack

from pyoxigraph import NamedNode

from bikgraph.drawing import Drawing
from bikgraph.namespaces import BIK, PREFIXES
from bikgraph.questions.ask import ask as ask_question
from bikgraph.questions.column_meanings import column_meanings
from bikgraph.questions.memory import Memory
from bikgraph.questions.question import Question, load_all

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Mapping

    import rdflib
    from pyoxigraph import Store, Triple

    from bikgraph.exploring.cards import Card
    from bikgraph.exploring.finding import Found, Narrowing
    from bikgraph.exploring.why import Explanation
    from bikgraph.project import Project
    from bikgraph.questions.plain_words import Asker, Understood
    from bikgraph.release import Release
    from bikgraph.reports import Format
    from bikgraph.search import Index
    from bikgraph.tables.table import Table


class KnowledgeGraph(Drawing):
    """A release, read-only: questions, queries, descriptions, chains, explanations, exports and pictures."""

    def __init__(self, project: Project, release: Release) -> None:
        """Open `release`; use `bikgraph.open` instead."""
        self.project = project
        self.release = release
        self.store: Store = release.open()
        self._memory = Memory(self.store)

    def __repr__(self) -> str:
        profiles = self.release.manifest["summary"]["profiles"]
        return f"<KnowledgeGraph of {profiles} profile{'s' if profiles != 1 else ''}>"

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The saved questions by name; one whose file is faulty is left out (`bikgraph check` says why).

        >>> bikgraph.open().questions["ministries"].columns[:2]
        ['actor', 'actorLabel']
        """
        return load_all(self.project, self.release.questions).questions

    def ask(
        self,
        question: str,
        *,
        lang: str = "en",
        sources: bool = False,
        timeout: float | None = None,
        **parameters: str | int | Iterable[str | int] | None,
    ) -> Table:
        """The rows of a saved question, or of one in plain words; iterate over them, or use `.to_pandas()`.

        Parameters are written as people write them: `country="Belgique"`, `pillar=4`, `countries=["FR", "DE"]`, and
        with an underscore where Python keeps the word for itself: `from_=2018`. Beside words they win over what the
        words name; the first of `notes` says how words were understood. With `sources` there is a row for each row and
        source, six columns (`SOURCE_COLUMNS`) at its end. With a `timeout` in seconds the query runs in a process that
        is stopped then, which costs a tenth of a second. Raises RequestError for an unknown question, parameter or
        value, NotUnderstood with the nearest questions, and TimeLimitExceeded.

        >>> table = bikgraph.open().ask("ministries of Belgium")
        >>> len(table), table[-1]["territoryLabel"], table.notes[0]
        (13, 'Belgium', 'Understood as: graph.ask("ministries", country="BE")')
        """
        from bikgraph.exploring.question_meant import as_written, question_meant

        meant = question_meant(self, question, as_written(parameters))
        table = self.ask_loaded(meant.question, meant.given, lang, sources=sources, timeout=timeout)
        table.notes[:0] = [meant.remark] if meant.remark else []
        return table.by_source() if sources else table

    def ask_loaded(
        self,
        question: Question,
        given: Mapping[str, str],
        lang: str = "en",
        *,
        sources: bool = False,
        timeout: float | None = None,
    ) -> Table:
        """The rows of a question that is loaded already; else as `ask`."""
        run_query = None
        if timeout is not None:
            from bikgraph.exploring.sparql import select

            run_query = partial(select, self.release.store_folder, timeout=timeout)
        return ask_question(
            self.store,
            question,
            given,
            lang,
            sources=sources,
            run_query=run_query,
            memory=self._memory,
            meanings=partial(column_meanings, self.project),
            find=lambda name: self.questions.get(name),  # noqa: PLW0108 - all questions are read only where rows lack
        )

    def understand(self, words: str) -> Understood:
        """The saved question and its parameters that a question in plain words means.

        Raises NotUnderstood, which offers the nearest questions, if it is not sure.

        >>> bikgraph.open().understand("who coordinates pillar 4 in Belgium?").command()
        'bikgraph ask pillar-coordinators --country BE --pillar 4'
        """
        return self._asker.meant(words)

    @cached_property
    def _asker(self) -> Asker:
        from bikgraph.questions.plain_words import Asker

        return Asker(self.store, self.questions)

    def sparql(self, query: str, timeout: float = 30.0) -> Table | bool | list[Triple]:
        """The result of any SELECT, ASK, CONSTRUCT or DESCRIBE query, within `timeout` seconds.

        Raises RequestError for a syntax error, an update or SERVICE, and TimeLimitExceeded.

        >>> bikgraph.open().sparql("ASK { id:be-child-focus a org:Organization }")
        True
        """
        from bikgraph.exploring.sparql import sparql

        return sparql(self.release.store_folder, query, timeout)

    @cached_property
    def index(self) -> Index:
        """The index of names and texts, opened when it is first needed."""
        return self.release.index(self.store)

    def find(self, words: str, *, lang: str = "en", most: int = 10, **narrowing: Unpack[Narrowing]) -> Table:
        """Things whose names in any language have `words`, best first; typing errors are forgiven.

        `country`, `kind`, `topic` and `year` narrow it; `texts`, `terms` and `words_only` are as in `Narrowing`.

        >>> bikgraph.open().find("mediawjis")[0].thingLabel
        'Mediawijs'
        """
        return self.search(words, lang=lang, most=most, **narrowing).table

    def search(self, words: str, *, lang: str = "en", most: int = 10, **narrowing: Unpack[Narrowing]) -> Found:
        """The rows of `find`, with sentences that say what was understood, and what else can be tried."""
        from bikgraph.exploring.finding import search

        return search(self.store, self.index, words, lang, most, **narrowing)

    def card(self, thing: str, *, lang: str = "en") -> Card:
        """What is known of a thing, on a screen: `print` it, or let a notebook show it; `show` has every statement.

        >>> str(bikgraph.open().card("Malta")).splitlines()[0]
        'Malta (country-mt)'
        """
        from bikgraph.exploring.cards import card

        return card(self.store, self.thing(thing), lang)

    def show(self, thing: str, *, lang: str = "en") -> Table:
        """All statements about a thing, in and out, each with the sources that state it, and how: the column `credit`.

        >>> len({row.other for row in bikgraph.open().show("be-mou-csam") if row.relation == "bik:party"})
        4
        """
        from bikgraph.exploring.describe import describe

        return describe(self.store, self.thing(thing), lang, self.release)

    def connect(self, start: str, end: str, *, lang: str = "en", most: int = 5) -> Table:
        """The chains of told statements between two things, the most binding first, a row a step.

        >>> [row.relation for row in bikgraph.open().connect("be-child-focus", "be-crown-prosecutors-office", most=1)]
        ['bik:party', 'bik:party']
        """
        from bikgraph.exploring.chains import connect

        return connect(self.store, self.thing(start), self.thing(end), lang, most, self.release)

    def why(self, subject: str, predicate: str, obj: str) -> Explanation:
        """Where a triple comes from: the places that tell it, or the rule and the premises that it follows from.

        >>> bikgraph.open().why("be-ministry-of-justice", "bik:coordinates", "bik-2012-pillar-4").rule
        'prp-spo2'
        """
        from bikgraph.exploring.triple_in_words import statement
        from bikgraph.exploring.why import Explainer

        return Explainer(self.release, self.store).explain(
            statement(self.store, subject, predicate, obj, lambda: self.index)
        )

    def export(
        self,
        out: BinaryIO | str | os.PathLike[str] | None = None,
        format: str | None = None,
        *,
        told: bool = False,
        country: str | None = None,
        profile: str | None = None,
        entity: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Write the graph, or the part of one country, profile or entity, to a file; inferences unless `told`.

        `out` is a path, whose ending names the format, or a file that is open for bytes: Turtle without a `format`.
        Raises RequestError for what is no file, and for a format that there is not or that the ending contradicts.

        >>> import io; out = io.BytesIO()
        >>> bikgraph.open().export(out, "ntriples", entity="be-star", told=True)
        >>> b"STAR" in out.getvalue()
        True
        """
        from bikgraph.export import Selection, export, write_to

        selection = Selection(
            self._country(country) if country else None,
            profile.removeprefix("profile-") if profile else None,
            self.thing(entity) if entity else None,
        )
        known = {"graphs": self.release.graphs, "context": self.release.context}
        write_to(
            out,
            format,
            lambda file, chosen: export(self.store, file, chosen, selection, told=told, progress=progress, **known),
        )

    def report(self, format: Format = "markdown", *, form: Format | None = None) -> str:
        """The quality report, as `markdown` or as `html`, self-contained; `form` is the old name of `format`.

        >>> bikgraph.open().report().splitlines()[0]
        '# Quality report of the knowledge graph'
        """
        from bikgraph.findings import Finding
        from bikgraph.questions import stored_question
        from bikgraph.reports import renamed, report

        findings = [Finding(**fields) for fields in self.release.findings]
        rows = self.ask_loaded(stored_question("contradictions", self.release.questions), {})
        return report(self.store, findings, rows, renamed(format, form))

    def methodology(self, format: Format = "markdown", *, form: Format | None = None) -> str:
        """The methodology: docs/methodology.md with the release's numbers; parameters as of `report`.

        >>> bikgraph.open().methodology().splitlines()[0]
        '# Methodology'
        """
        from bikgraph.reports import methodology, renamed

        return methodology(self.store, format=renamed(format, form))

    def rdflib(self) -> rdflib.Dataset:
        """The release as an rdflib `Dataset` over the same store; its default graph holds the merge of all graphs.

        Its queries know the prefixes of `sparql` and of the exports, without PREFIX lines.

        >>> bool(bikgraph.open().rdflib().query("ASK { id:be-child-focus a bik:Actor }"))
        True
        """
        import rdflib
        from oxrdflib import OxigraphStore

        # default_union would return a triple of two graphs twice; the merge is stored instead.
        dataset = rdflib.Dataset(store=OxigraphStore(store=self.store), default_union=False)
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, rdflib.URIRef(namespace), override=True, replace=True)
        return dataset

    namespace = BIK  # of the ontology's terms

    def thing(self, text: str) -> NamedNode:
        """The thing that a slug, CURIE, IRI or whole label names. Raises RequestError that offers the nearest.

        >>> bikgraph.open().thing("Média Animation").value
        'https://w3id.org/bikgraph/id/be-media-animation'
        """
        from bikgraph.exploring.things import thing

        return thing(self.store, text, lambda: self.index)
