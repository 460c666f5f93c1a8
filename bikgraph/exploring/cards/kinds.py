"""Which parts the card of each kind of thing has: a listing a section, a list of sections a class."""

from __future__ import annotations

from bikgraph.exploring.cards.listing import Group, Listing, Values
from bikgraph.namespaces import BIK


def _years(group: Group, before: str = ", ") -> str:
    return Values(sorted(group["year"])).after(before)


def _kind_and_year(group: Group) -> str:
    """What stands in brackets behind a title: its kind and year, as far as they are known."""
    said = ", ".join(part for part in (group["kind"].some(3), _years(group, "")) if part)
    return f" ({said})" if said else ""


def _role(group: Group) -> str:
    """What a body does in one function: its roles, each with pillars and years; a single one with its note."""
    said = [f"{role}{rows['pillar'].after(' for ', 3)}{_years(rows, ' ')}" for role, rows in group.by("role").items()]
    note = f". {group['note']}" if len(group["record"]) == len(group["note"]) == 1 else ""
    return f"{group['function']}: {'; '.join(said)}{note}"


def _agreement(group: Group) -> str:
    parties = group["party"]
    least = "" if "true" in group["complete"] or not parties else "at least "
    return f"{group['agreement']}{_kind_and_year(group)}" + parties.after(f", with {least}", 8)


def _country_agreement(group: Group) -> str:
    parties = group["party"]
    least = "" if "true" in group["complete"] or not parties else "at least "
    return f"{group['agreement']}{_kind_and_year(group)}" + parties.after(f": {least}", 6)


def _party(group: Group) -> str:
    said = "; ".join(part for part in (group["kind"].some(3), group["country"].some(2)) if part)
    return f"{group['party']}{f' ({said})' if said else ''}"


def _at_least(group: Group) -> str:
    """What precedes the parties where the source does not say that they are all."""
    return "" if "true" in group["complete"] else f"at least these {len(group['party'])}:"


def _member(group: Group) -> str:
    role = f" ({group['role']})" if group["role"] else ""
    return f"{group['relation']} {group['other'].some(12)}{role}"


def _link(group: Group) -> str:
    """Links of one kind; how sure our link tables are stands behind those that they give."""
    linked = [rows["confidence"].after("our link, ") for rows in group.by("value").values()]
    said = list(group.by("value"))
    if len(set(linked)) > 1:
        said = [f"{value} ({sure})" if sure else value for value, sure in zip(said, linked, strict=True)]
    alike = f" ({linked[0]})" if linked[0] and len(set(linked)) == 1 else ""
    return f"{group['words']} {Values(said).some(6)}{alike}"


def _bodies(group: Group) -> str:
    said = []
    for name, rows in group.by("actor").items():
        years = Values(sorted(rows["year"], reverse=True))
        said.append(f"{name}{f' ({years.some(3)})' if years else ''}")
    return f"{group['function']}: {'; '.join(said[:4])}" + (f"; and {len(said) - 4} more" if len(said) > 4 else "")


def _holding(group: Group) -> str:
    counts = ", ".join(f"{rows['count']} {_counted(name, rows['count'])}" for name, rows in group.by("class").items())
    where = str(group["year"]) if group["year"] else "other pages"
    excerpts = " (read in excerpts)" if "false" in group["whole"] else ""
    return f"{where}: {counts}{excerpts}"


def _counted(noun: str, count: Values) -> str:
    """A class's name in the number that a count asks for; the name is plain English, as the ontology has it."""
    if str(count) == "1":
        return noun
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def counted(group: Group) -> str:
    """How many things there are of a class, in words."""
    return f"{group['count']} {_counted(str(group['class']), group['count'])}"


def _answers(group: Group) -> str:
    items = [f"{item} {rows['answer']}" for item, rows in group.by("item").items()]
    return f"{group['year']} ({len(items)}): {Values(items).some(8)}"


def _answered(group: Group) -> str:
    return f"{group['answer']}: {len(group['country'])}: {group['country'].some(30)}"


def _use(group: Group) -> str:
    several = int(str(group["countries"]) or 0)
    where = f", in {several} countries" if several > 1 else ""
    return (
        f"{group['words']} of {group['count']}" + where
        if group["words"][0] != "instance"
        else (f"{group['count']} instances{where}")
    )


def _edition_country(group: Group) -> str:
    said = ((group["answers"], "answer"), (group["others"], "other record"))
    return f"{group['country']}: {', '.join(f'{n} {_counted(noun, n)}' for n, noun in said if str(n) != '0')}"


FACTS = Listing("Told of it", "facts", ("words",), lambda row: f"{row['words']}: {row['value'].some(6)}", 14)
ROLES = Listing("What it does", "roles", ("function",), _role, 12, 6)
MEMBERS = Listing("Members, parts", "members", ("relation", "role"), _member, 10, 1)
AGREEMENTS = Listing("Agreements", "agreements", ("agreement",), _agreement, 8, 3)
POLICIES = Listing("Policies", "policies", ("policy",), lambda row: f"{row['policy']}{_kind_and_year(row)}")
COLLECTIONS = Listing(
    "Data collections",
    "collections",
    ("collection",),
    lambda row: f"{row['collection']} ({row['kind']}{row['periodicity'].after(', ')})",
)
PRACTICES = Listing("Good practices", "practices", ("practice",), lambda row: f"{row['practice']}{_kind_and_year(row)}")
REPORTS = Listing(
    "Said of it",
    "reports",
    ("record",),
    lambda row: f"{row['disagree']}{row['record']}{_years(row)}",
    8,
    1,
)
LINKS = Listing("Links", "links", ("words",), _link, 6, 1)
PARTIES = Listing("Parties", "parties", ("party",), _party, 14, 8, before=_at_least)
STATES = Listing("What it states", "states", ("class",), counted, 12)
RECORDS = Listing("What it holds", "records", ("class",), counted, 12)
USES = Listing("What names it", "uses", ("words",), _use, 8)
ANSWERED = Listing("Answers", "answered", ("answer",), _answered, 10)
EDITION = Listing("Holds", "edition-countries", ("country",), _edition_country, 30, counted=True)
COUNTRY = (
    Listing("Holds", "country-holdings", ("set",), _holding, 8, 4),
    Listing(
        "Who does what",
        "country-bodies",
        ("function",),
        _bodies,
        11,
        6,
        "bikgraph ask responsibilities --country {code}",
    ),
    Listing(
        "Agreements",
        "country-agreements",
        ("agreement",),
        _country_agreement,
        3,
        1,
        "bikgraph ask agreements --country {code}",
        counted=True,
    ),
    Listing(
        "Policies",
        "country-policies",
        ("policy",),
        lambda row: f"{row['policy']}{_kind_and_year(row)}",
        3,
        1,
        "bikgraph ask policies --country {code}",
        counted=True,
    ),
    Listing("Answers", "country-answers", ("year",), _answers, 6, 1, "bikgraph ask answers --country {code}"),
    LINKS,
)
TAKES_PART = Listing("Named by", "named-by", ("record",), lambda row: f"{row['record']} ({row['words']})", 6, 1)
RECORD = (FACTS, PARTIES, REPORTS, LINKS)
ACTOR = (ROLES, AGREEMENTS, POLICIES, COLLECTIONS, PRACTICES, MEMBERS, REPORTS, FACTS, LINKS, TAKES_PART)
# The first class that a thing has decides; the last listing is for all others.
SECTIONS: tuple[tuple[str, tuple[Listing, ...]], ...] = (
    (BIK + "Country", COUNTRY),
    (BIK + "Territory", (FACTS, MEMBERS, REPORTS, USES, LINKS)),
    (BIK + "Actor", ACTOR),
    (BIK + "Record", RECORD),
    (BIK + "Source", (FACTS, STATES)),
    (BIK + "RecordSet", (FACTS, RECORDS)),
    (BIK + "Register", (FACTS, RECORDS)),
    (BIK + "Edition", (FACTS, EDITION, USES, LINKS)),
    (BIK + "Indicator", (FACTS, ANSWERED, LINKS)),
    ("", (FACTS, USES, LINKS)),
)
# What to ask next, of a country.
COUNTRY_COMMANDS = (
    "bikgraph ask responsibilities --country {code}",
    "bikgraph ask answers --country {code}",
    "bikgraph ask sources --country {code}",
    "bikgraph ask data-collections --country {code}",
)
