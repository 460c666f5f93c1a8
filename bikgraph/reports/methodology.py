"""The methodology: the words of docs/methodology.md, with numbers and tables of codes from the graph.

The words are a template: `{{ counts.sources }}` stands for a number, `{{ codes.roles }}` for a table, `{{ questions }}` for the questions of
each edition with their answers. All numbers come from the release, so that the words cannot fall behind the data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bikgraph.errors import RequestError
from bikgraph.lookup import countries_of
from bikgraph.namespaces import PREFIXES
from bikgraph.project import package_root
from bikgraph.reports.fill import environment, fill
from bikgraph.reports.web_page import Form, web_page
from bikgraph.tables.markdown import Markdown, table

if TYPE_CHECKING:
    from pyoxigraph import Store

# What the words count, as patterns of ?x.
_COUNTS = {
    "records": "?x a bik:Record",
    "actors": "?x a bik:Actor",
    "groups": "?x a bik:ActorGroup",
    "responsibilities": "?x a bik:Responsibility",
    "policies": "?x a bik:Policy",
    "agreements": "?x a bik:Agreement",
    "agreements_in_part": "?x a bik:Agreement ; bik:partiesComplete false",
    "data_collections": "?x a bik:DataCollection",
    "good_practices": "?x a bik:GoodPractice",
    "answers": "?x a bik:Answer",
    "blank": "?x a bik:Answer ; bik:answer id:answer-not-answered",
    "discrepancies": "?x a bik:Discrepancy",
    "sources": "?x a bik:SourceDocument",
    "copies": "?x a bik:SourceDocument ; bik:readInCopy true",
    "unverified": "?x a bik:SourceDocument ; bik:unverified true",
    "undated_sources": "?x a bik:SourceDocument FILTER NOT EXISTS { ?x bik:retrieved ?day }",
    "by_layout": '?x a bik:SourceDocument ; bik:inEdition ?edition ; skos:note ?note FILTER (CONTAINS(LCASE(?note), "layout"))',
    "edition_documents": "?x a bik:SourceDocument ; bik:inEdition ?edition",
    "profiles": "?x a bik:CountryProfile",
    "whole_profiles": "?x a bik:CountryProfile ; bik:wholeQuestionnaire true",
    "pages": "?x a bik:CountryPages",
    "questions": "?x a bik:Indicator",
    "open_questions": "?x a bik:OpenQuestion",
    "successions": "?x a bik:Actor ; dct:isReplacedBy ?successor",
    "successions_marked": '?x a bik:Actor ; dct:isReplacedBy ?successor ; skos:note ?note FILTER (CONTAINS(LCASE(?note), "common knowledge"))',
    "centres_and_lines": "?x a bik:Actor ; bik:kind ?kind FILTER (?kind IN (id:actor-kind-safer-internet-centre, id:actor-kind-hotline, id:actor-kind-helpline, id:actor-kind-awareness-centre))",
    "crosswalked": "?x a bik:Indicator ; ?match ?other . ?other a bik:Indicator FILTER (STRSTARTS(STR(?match), STR(skos:)) && CONTAINS(STR(?match), 'Match'))",
}
_CODES = """
SELECT ?code ?name ?label ?definition (COUNT(DISTINCT ?thing) AS ?uses) WHERE {
  ?code skos:inScheme id:%s ; skos:notation ?name ; rdfs:label ?label FILTER (LANG(?label) = "en")
  OPTIONAL { ?code skos:definition ?definition FILTER (LANG(?definition) = "en") }
  OPTIONAL { ?code bik:ordinal ?order }
  OPTIONAL { VALUES ?how { bik:role bik:function bik:kind bik:periodicity } ?thing ?how ?code }
} GROUP BY ?code ?name ?label ?definition ?order ORDER BY ?order ?name"""
_QUESTIONS = """
SELECT ?year ?stated ?question ?name ?label ?scheme ?several (COUNT(DISTINCT ?country) AS ?countries) WHERE {
  ?edition a bik:Edition ; bik:year ?year . OPTIONAL { ?edition bik:countryCount ?stated }
  VALUES ?asked { bik:Indicator bik:OpenQuestion } ?question a ?asked ; bik:inEdition ?edition ; rdfs:label ?label FILTER (LANG(?label) = "en")
  OPTIONAL { ?question bik:shortCode ?short } OPTIONAL { ?question skos:notation ?notation } BIND (COALESCE(?short, ?notation, "") AS ?name)
  OPTIONAL { ?question bik:answerScheme ?scheme } OPTIONAL { ?question bik:severalAnswers ?several } OPTIONAL { ?question bik:ordinal ?order }
  OPTIONAL { ?record bik:indicator ?question ; bik:country ?country }
} GROUP BY ?year ?stated ?question ?name ?label ?scheme ?several ?order ORDER BY ?year ?order ?name"""
_ANSWERS = """
SELECT ?scheme ?title ?code ?name ?label ?definition WHERE {
  ?question bik:answerScheme ?scheme . ?scheme rdfs:label ?title .
  ?code skos:inScheme ?scheme ; skos:notation ?name ; rdfs:label ?label FILTER (LANG(?label) = "en")
  OPTIONAL { ?code skos:definition ?definition FILTER (LANG(?definition) = "en") } OPTIONAL { ?code bik:ordinal ?order }
} GROUP BY ?scheme ?title ?code ?name ?label ?definition ?order ORDER BY ?scheme (!BOUND(?order)) ?order ?name"""
_GIVEN = "SELECT ?question ?code (COUNT(DISTINCT ?record) AS ?times) WHERE { ?record bik:indicator ?question ; bik:answer ?code } GROUP BY ?question ?code"
SCHEMES = {
    "roles": "roles",
    "functions": "functions",
    "actor_kinds": "actor-kinds",
    "coordination_models": "coordination-models",
    "agreement_kinds": "agreement-kinds",
    "policy_kinds": "policy-kinds",
    "collection_kinds": "collection-kinds",
    "practice_kinds": "practice-kinds",
    "periodicities": "periodicities",
    "event_kinds": "event-kinds",
    "states_of_knowledge": "states-of-knowledge",
}


def words_file() -> Path:
    """The file of the words: docs/methodology.md of the checkout, or its copy in the wheel."""
    return package_root() / "docs" / "methodology.md"


def methodology(store: Store, path: Path | None = None, form: Form = "markdown") -> str:
    """The methodology of the release in `store`, its words from `path` (default: the package's), as Markdown or as a web page.

    Raises RequestError if the words cannot be read, or ask for a number or table that there is not.
    """
    import jinja2

    file = words_file() if path is None else path
    try:
        template = environment().from_string(file.read_text("utf-8"))
        markdown = fill(template, counts=_counts(store), codes=_code_tables(store), questions=_questions(store))
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"The words of the methodology cannot be read from {file}: {error}.") from error
    except jinja2.TemplateError as error:
        raise RequestError(f"The words of the methodology in {file} cannot be filled: {error}.") from error
    return web_page(markdown) if form == "html" else markdown


def _rows(store: Store, query: str) -> list[Mapping[str, Any]]:
    solutions: Any = store.query(query, prefixes=PREFIXES)
    names = [variable.value for variable in solutions.variables]
    return [
        {name: None if solution[name] is None else solution[name].value for name in names} for solution in solutions
    ]


def _counts(store: Store) -> dict[str, int]:
    counted = {
        name: int(_rows(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")[0]["n"])
        for name, pattern in _COUNTS.items()
    }
    return counted | {"countries": countries_of(store, None) or 0}


def _code_tables(store: Store) -> dict[str, Markdown]:
    tables = {}
    for name, scheme in SCHEMES.items():
        # Codes of a scheme whose things are not counted, such as the models that answers show, have no column of numbers.
        found = _rows(store, _CODES % f"scheme-{scheme}")
        used = any(row["uses"] != "0" for row in found)
        heads = ["Code", "Label", "Meaning", *(["Times used"] if used else [])]
        tables[name] = table(
            heads,
            [[_code(row["name"]), row["label"], row["definition"], *([row["uses"]] if used else [])] for row in found],
        )
    return tables


def _questions(store: Store) -> Markdown:
    questions = _rows(store, _QUESTIONS)
    answers: dict[str, list[Mapping[str, Any]]] = {}
    for row in _rows(store, _ANSWERS):
        answers.setdefault(row["scheme"], []).append(row)
    given = {(row["question"], row["code"]): int(row["times"]) for row in _rows(store, _GIVEN)}
    parts = []
    for year in dict.fromkeys(row["year"] for row in questions):
        asked = [row for row in questions if row["year"] == year]
        parts += [
            f"### Questions of {year}",
            _question_table(asked),
            f"### Answers of {year}",
            _answer_table(asked, answers, given),
        ]
    return Markdown("\n\n".join(parts))


def _question_table(asked: Sequence[Mapping[str, Any]]) -> Markdown:
    base = asked[0]["stated"] or "an unknown number"
    return table(
        ["Code", "Question", "Answers", "Countries with data"],
        [
            [
                _code(row["name"]),
                row["label"],
                _admits(row),
                f"{row['countries']} of {base}" if row["scheme"] else "in other records",
            ]
            for row in asked
        ],
    )


def _admits(row: Mapping[str, Any]) -> str:
    return (
        "open, no codes"
        if row["scheme"] is None
        else "several of a list"
        if row["several"] == "true"
        else "one of a list"
    )


def _answer_table(
    asked: Sequence[Mapping[str, Any]],
    answers: Mapping[str, Sequence[Mapping[str, Any]]],
    given: Mapping[tuple[str, str], int],
) -> Markdown:
    """The answers that the questions admit: a line a code and list of answers, for questions that share a list together."""
    body = []
    for scheme in dict.fromkeys(row["scheme"] for row in asked if row["scheme"]):
        sharing = [row for row in asked if row["scheme"] == scheme]
        names = _code(sharing[0]["name"]) if len(sharing) == 1 else f"{len(sharing)} questions"
        for code in answers.get(scheme, ()):
            times = sum(given.get((row["question"], code["code"]), 0) for row in sharing)
            body.append([names, _code(code["name"]), code["label"], code["definition"], times])
    return table(["Question", "Answer", "Label", "Meaning", "Times given"], body)


def _code(name: str) -> Markdown:
    return Markdown(f"`{name}`") if name and "`" not in name and "|" not in name else Markdown("")
