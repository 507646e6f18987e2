#!/usr/bin/env python3
"""Writes what every clause should come to for the profiles of this folder, independently of the engine and of the
checklists' own conditions.

The rows of `TABLE` are those of the specification's table "clause -> condition", written down once more by hand; the
three-valued logic below is a second implementation. Run by hand after a change of the specification or of a profile:

    python3 crates/checklist/tests/profiles/expected.py

It writes, beside itself:

- `expected.tsv`: clause by profile. A applies, N does not, U undetermined, S substituted, W waived.
- `systems.tsv`: the rows of each duty of systems, `clause unit` by `profile:system`. A, N or U.
- `flips.tsv`: profiles with one fact changed, and only the clauses that come out differently than in the profile
  itself; so a condition that asks for the wrong fact shows up.

`../expected.rs` compares every cell with the engine. A difference is a defect of one of the two: look it up in the
specification, never copy the engine's outcome here.
"""

import tomllib
from pathlib import Path

HERE = Path(__file__).parent


# Kleene's logic: True, False, None for unknown.


def k_and(*parts):
    if any(p is False for p in parts):
        return False
    return None if any(p is None for p in parts) else True


def k_or(*parts):
    if any(p is True for p in parts):
        return True
    return None if any(p is None for p in parts) else False


def k_not(part):
    return None if part is None else not part


# Conditions: functions from facts to True, False, None.


def fact(code):
    """A yes/no fact; a list or a text counts as yes unless it is empty."""

    def ask(facts):
        value = facts.get(code)
        if value is None or value == "unknown":
            return None
        return bool(value)

    return ask


def among(code, *values):
    """The value, or one of a list's values, is among these."""

    def ask(facts):
        value = facts.get(code)
        if value is None or value == "unknown":
            return None
        if value is False:
            return False
        if value is True:  # every choice of a list
            return True
        held = value if isinstance(value, list) else [str(value)]
        return any(v in values for v in held)

    return ask


def all_of(*parts):
    return lambda facts: k_and(*(p(facts) for p in parts))


def any_of(*parts):
    return lambda facts: k_or(*(p(facts) for p in parts))


def no(part):
    return lambda facts: k_not(part(facts))


SEC = fact("is_sec")
FCM = fact("is_fcm")
# Futures businesses at large: the futures commission merchant is one of them.
FUTURES = any_of(fact("is_fcm"), fact("is_futures_ind"))
INET = fact("inet")
CLASS1 = any_of(fact("ciso"), among("grade", "1", "2", "3"))
E_ORDER = any_of(INET, among("channels", "internet", "voice", "dma", "closed_network"))
CLIENT_APP = any_of(INET, fact("mob_app_investor"))
COLO = fact("colo")
BROKER = fact("sec_broker")
CORE = fact("core")
BETTER = "substituted by the better standard of a foreign firm, clause by clause"

# Document, condition over the firm, items, and what else the row says:
#   system  condition over a system
#   units   unit -> condition over a system, for a clause that binds the firm and splits by system
#   better, substituted, waived
TABLE = [
    ("FCM", all_of(FCM, INET), """1.1 1.2 1.3 4.2 7.1.a.a 7.1.a.b 7.1.a.c 7.1.a.d 7.1.b.a 7.1.b.b 7.1.b.c 7.1.b.d 7.1.b.e
        7.1.c 7.1.d.a 7.1.d.b 7.1.e.a 7.1.e.b 7.1.e.c 7.1.e.d 7.1.e.e 7.1.f 9.10""", {}),
    ("FCM", FCM, """2.1 2.2.a 2.2.b 2.2.c 2.2.d 2.3 2.4 2.5 3.1 3.2 3.4 4.1 5.1 5.2 5.3 5.4 6.1 6.2 6.3 7.2.a.a 7.2.b.a
        7.2.b.b 7.2.c.a 7.2.c.b 7.2.c.c 7.2.c.d 7.2.d.a 7.2.d.b 7.2.d.c 8.1 8.2.a 8.2.b 8.2.c 8.3.a 8.3.b 8.3.c 8.3.d
        8.3.e 8.3.g 8.5.a 8.5.b 8.5.c 8.6.a 8.6.b 9.1 9.2 9.3 9.5 9.6 9.7 9.8 9.9.a 9.9.b 10.1 10.2 10.4 10.5 11.1 11.2
        12.a""", {}),
    ("FCM", FCM, "3.3", {}),
    ("FCM", all_of(FCM, fact("pii")), "7.2.a.b 8.5.g 8.5.h 8.5.i 8.5.j", {}),
    ("FCM", all_of(FCM, fact("fcm_broker")), "7.2.e 7.2.f 10.3", {}),
    ("FCM", all_of(FCM, fact("outsource_any")), "8.2.d 9.4", {}),
    ("FCM", all_of(FCM, fact("onsite_contractor")), "8.2.e", {}),
    ("FCM", FCM, "8.3.f", {"system": no(fact("numeric_only")), "units": {"a": None, "b": None}}),
    ("FCM", FCM, "8.4.a 8.4.b", {"system": fact("important")}),
    ("FCM", all_of(FCM, fact("public_co")), "8.5.d", {}),
    ("FCM", all_of(FCM, fact("cert_carrier")), "8.5.e", {}),
    ("FCM", all_of(FCM, fact("cert_carrier"), fact("cert_app_own")), "8.5.f", {}),
    ("FCM", all_of(FCM, fact("reading_room")), "12.b", {}),
    ("FCM", all_of(FCM, fact("rt_quote_on_site")), "12.c", {}),
    ("FCM", all_of(FCM, fact("website")), "12.d", {}),
    ("BSL", SEC, """3.1 3.3 3.8 4.8 4.9 4.10 5.8 6.1 6.3 6.4 6.10 7.1 7.4 7.5 7.10 7.12 7.14 7.15 8.3 8.4 8.5 8.6 8.8 9.1
        9.2""", {}),
    ("BSL", all_of(SEC, fact("temp_accounts")), "3.2", {}),
    ("BSL", all_of(SEC, CLASS1), "3.4 5.4 5.5 8.7", {"system": CORE}),
    ("BSL", all_of(SEC, CLASS1), "3.5", {"system": CORE, "units": {"a": None, "b": None}}),
    ("BSL", all_of(SEC, INET), "3.6 7.8", {}),
    ("BSL", SEC, "3.7", {"system": fact("customer_login")}),
    ("BSL", all_of(SEC, fact("remote_access")), "3.9 3.11 3.12 3.13", {"better": BETTER}),
    ("BSL", SEC, "3.10 6.5", {"better": BETTER}),
    ("BSL", SEC, "4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.11 5.1 5.2 5.3 5.6 5.7 7.2 7.3 7.6 7.11 9.3 9.4", {"system": CORE}),
    ("BSL", SEC, "6.2", {"system": fact("inet_login")}),
    ("BSL", SEC, "6.6", {"system": fact("etrade")}),
    ("BSL", SEC, "6.7", {"system": fact("password_auth"), "better": BETTER}),
    ("BSL", SEC, "6.8", {"units": {"a": CORE, "b": no(CORE)}}),
    ("BSL", SEC, "6.9", {"units": {"a": all_of(CORE, fact("ext_service")), "b": no(CORE)}}),
    ("BSL", SEC, "6.11", {"system": fact("password_auth")}),
    ("BSL", all_of(SEC, INET), "7.7", {"system": CORE}),
    ("BSL", all_of(SEC, INET), "7.9", {"system": all_of(CORE, fact("inet_exposed"))}),
    ("BSL", all_of(SEC, fact("outsource_core_dev")), "7.13", {}),
    ("BSL", SEC, "8.1", {"system": CORE, "waived": fact("physical_alt_protection")}),
    ("BSL", all_of(SEC, fact("pii_intl")), "8.2",
        {"waived": all_of(fact("foreign"), fact("intra_group"), fact("local_law_ok"))}),
    ("BSL", all_of(SEC, fact("pii")), "10.1.1 10.1.2 10.1.3 10.2 10.3 10.4 10.5 10.6.1 10.6.2", {}),
    ("ASM", SEC, "2.1", {"better": BETTER, "substituted": all_of(fact("concurrent"), fact("home_rule"))}),
    ("ASM", SEC, "2.2 8.3", {}),
    ("ASM", SEC, "3.1.t1", {"system": among("asmt_class", "1")}),
    ("ASM", SEC, "3.1.t2", {"system": among("asmt_class", "2")}),
    ("ASM", SEC, "3.1.t3", {"system": among("asmt_class", "3")}),
    ("ASM", all_of(SEC, fact("sampling_used")), "3.2", {"system": all_of(fact("mass_devices"), fact("firm_owned"))}),
    ("ASM", all_of(SEC, fact("major_incident")), "3.3", {}),
    ("ASM", SEC, """4.1.1 4.1.2 4.1.3 4.1.4 4.1.5 4.1.6 4.2.1 4.2.2 4.2.3 4.2.4 4.3.1 4.3.2 4.3.3 4.6.1 4.6.2 4.6.3 4.6.4
        4.6.5 4.6.6 4.7.1.1 4.7.1.2 4.7.1.3 4.7.1.4 4.7.1.5 4.7.1.6 4.7.2.1 4.7.2.2 4.7.2.3 4.7.3 4.end 6 7.1 7.3 7.4 8.1
        8.2 8.4""", {}),
    ("ASM", all_of(SEC, fact("iot_oa")), "4.3.4", {}),
    ("ASM", SEC, "4.4.1 4.4.2 4.4.3 4.4.4 4.4.5", {"system": fact("inet_exposed")}),
    ("ASM", all_of(SEC, CLIENT_APP), "4.5.1 4.5.2 4.5.3 4.5.4 4.5.5", {}),
    ("ASM", all_of(SEC, fact("swift")), "4.7.4", {}),
    ("ASM", all_of(SEC, any_of(INET, fact("website"))), "5", {}),
    ("ASM", SEC, "7.2.1 7.2.2 7.2.3 7.2.4", {}),
    ("COL", all_of(SEC, BROKER, COLO), "A1 A4 C1 D1.1 H1", {}),
    ("COL", all_of(SEC, COLO), "A2 A3 B1 B2 C2 C4 C5 C6 C7 C8", {}),
    ("COL", all_of(SEC, COLO, fact("colo_few_clients")), "B3", {}),
    ("COL", all_of(SEC, BROKER, E_ORDER), "C3 D3", {}),
    ("COL", all_of(SEC, COLO), "D2.1", {"waived": fact("art15_shared_cabinet")}),
    ("COL", SEC, """D4.1 D4.2 D6.1 D7.1 D7.2 D7.3 D8.1 G2.1 G2.2 G2.3 G2.4 G3.1 G4.1 G4.2 G4.4 G5.1 G5.2 G6.1 G6.2 G8.1
        G8.2 G8.3 G9.1""", {}),
    ("COL", all_of(SEC, fact("outsource_any")), "D5.1 G4.3 G7.1 G7.2", {}),
    ("COL", all_of(SEC, any_of(COLO, fact("twse_tcpip"))), "E1", {}),
    ("COL", all_of(SEC, fact("remote_access")), "G1.1", {}),
    ("COL", all_of(SEC, INET), "G10.1", {}),
    ("EMT", FUTURES, "3 5.1 8", {}),
    ("EMT", all_of(FUTURES, fact("cloud_user"), fact("cloud_critical")), "4.1", {}),
    ("EMT", all_of(FUTURES, fact("cloud_provider"), fact("cloud_critical")), "4.2", {}),
    ("EMT", all_of(FUTURES, fact("sns_employee")), "5.2", {}),
    ("EMT", all_of(FUTURES, fact("sns_official")), "5.3.1 5.3.2 5.3.3 5.4.1 5.4.2", {}),
    ("EMT", all_of(FUTURES, fact("mob_company")), "6.1", {}),
    ("EMT", all_of(FUTURES, fact("mob_byod")), "6.2", {}),
    ("EMT", all_of(FUTURES, fact("mob_app")), "6.3.1.1 6.3.1.2 6.3.1.3 6.3.1.4 6.3.2.1 6.3.2.2", {}),
    ("EMT", all_of(FUTURES, fact("mob_app_investor")), "6.3.3.1 6.3.3.2 6.3.3.3", {}),
    ("EMT", all_of(FUTURES, fact("iot_oa")), "7.1 7.2 7.3 7.4 7.5 7.6 7.7 7.p2", {}),
]

# The nine lead-ins with a duty of their own. The specification names them without a condition; each has that of the
# words it begins with, and so never a narrower one than its items.
CHAPEAUS = [
    ("FCM", FCM, "2.2", {}),
    ("ASM", SEC, "4.4", {"system": fact("inet_exposed")}),
    ("ASM", all_of(SEC, CLIENT_APP), "4.5", {}),
    ("ASM", SEC, "4.7.1 4.7.2", {}),
    ("EMT", all_of(FUTURES, any_of(fact("cloud_user"), fact("cloud_provider"))), "4", {}),
    ("EMT", FUTURES, "5 6", {}),
    ("EMT", all_of(FUTURES, fact("iot_oa")), "7", {}),
]

# 僅於主機共置專案適用G節: leaves out block G, and the criteria of block D that repeat it.
SCOPE = all_of(fact("col_g_colo_only"), no(COLO))
SCOPED_D = {"D4.1", "D4.2", "D5.1", "D6.1", "D7.1", "D7.2", "D7.3", "D8.1"}


def clauses():
    for doc, firm, items, more in TABLE + CHAPEAUS:
        for item in items.split():
            yield f"{doc}-{item}", firm, more


def scoped(clause):
    doc, item = clause.split("-")
    return doc == "COL" and (item.startswith("G") or item in SCOPED_D)


def closed(clause, firm, facts):
    """Whether the firm's facts alone take the clause out."""
    return firm(facts) is False or (scoped(clause) and SCOPE(facts) is True)


def exception(clause, more, facts):
    """S, W or nothing. Nobody but a foreign firm has a foreign standard."""
    if "waived" in more and more["waived"](facts) is True:
        return "W"
    if "better" in more and all_of(fact("foreign"), among("foreign_better_std", clause))(facts) is True:
        return "S"
    if "substituted" in more and more["substituted"](facts) is True:
        return "S"
    return None


def outcome(clause, firm, more, facts, systems):
    if closed(clause, firm, facts):
        return "N"
    holds = firm(facts)
    if "system" in more:
        # Applies to the firm when it applies to a system; a register without systems tells nothing.
        holds = k_and(holds, k_or(*(more["system"](s) for s in systems)) if systems else None)
    if holds is True:
        return exception(clause, more, facts) or "A"
    return "N" if holds is False else "U"


def letter(value):
    return {True: "A", False: "N", None: "U"}[value]


def system_rows(clause, firm, more, facts, systems):
    """(unit, [letter for each system]) for each duty of systems."""
    for unit, own in more.get("units", {"": None}).items():
        condition = own or more.get("system")
        if condition is None:
            continue
        if closed(clause, firm, facts):
            yield unit, ["N" for _ in systems]
        else:
            yield unit, [letter(k_and(firm(facts), condition(s))) for s in systems]


def read(path):
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    return facts, facts.pop("system", [])


def write(name, lines):
    (HERE / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def main():
    profiles = {p.stem: read(p) for p in sorted(HERE.glob("*.toml"))}
    ids = [c for c, _, _ in clauses()]
    assert len(ids) == len(set(ids)) == 324 + 9, len(ids)
    lines = ["\t".join(["clause", *profiles])]
    for clause, firm, more in clauses():
        cells = [outcome(clause, firm, more, facts, systems) for facts, systems in profiles.values()]
        lines.append("\t".join([clause, *cells]))
    write("expected.tsv", lines)

    columns = [f"{name}:{s['name']}" for name, (_, systems) in profiles.items() for s in systems]
    rows = {}
    for facts, systems in profiles.values():
        for clause, firm, more in clauses():
            for unit, cells in system_rows(clause, firm, more, facts, systems):
                rows.setdefault(f"{clause} {unit}".strip(), []).extend(cells)
    lines = ["\t".join(["duty", *columns])]
    lines += ["\t".join([duty, *cells]) for duty, cells in rows.items()]
    write("systems.tsv", lines)

    lines = ["profile\tfact\tvalue\tchanged"]
    for name in ("all_switches_off", "all_switches_on"):
        facts, systems = profiles[name]
        plain = {c: outcome(c, firm, more, facts, systems) for c, firm, more in clauses()}
        for code, value in facts.items():
            if not isinstance(value, bool):
                continue
            for other, word in ((not value, "no" if value else "yes"), ("unknown", "unknown")):
                flipped = {**facts, code: other}
                after = {c: outcome(c, firm, more, flipped, systems) for c, firm, more in clauses()}
                changed = [f"{c}={after[c]}" for c in after if after[c] != plain[c]]
                lines.append("\t".join([name, code, word, " ".join(changed)]))
    write("flips.tsv", lines)


main()
