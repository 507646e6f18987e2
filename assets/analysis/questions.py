"""Five questions that a headquarters asks of its exams, answered by DuckDB on the Parquet export.

    fieldbook hq parquet 匯出
    python3 questions.py 匯出            # tables for people
    python3 questions.py 匯出 --json     # one JSON document

Columns are described in SCHEMA.md. What is not known is NULL and stays so: a share always stands beside its base, and a
base of nothing gives no share.
"""

import argparse
import datetime
import decimal
import json
import pathlib
import sys

import duckdb

TABLES = ["exams", "findings", "finding_clauses", "measures", "chapter_results", "clause_results"]

# A finding counts when it was reviewed (settled) and asks a measure of the firm.
COUNTED = "f.settled AND f.kind IN ('deficiency', 'recommendation')"

QUESTIONS = [
    (
        "top_clauses",
        "各年度最常被列為缺失或建議之條文為何（每年前五名）？該年度判定該條文之查核案中，有多少未完全符合？",
        f"""
        WITH cited AS (
            SELECT e.year, c.clause, any_value(c.label) AS label, count(DISTINCT e.firm) AS firms,
                   count(DISTINCT e.exam) AS exams, count(*) AS findings
            FROM finding_clauses c JOIN findings f USING (exam, no) JOIN exams e USING (exam)
            WHERE {COUNTED}
            GROUP BY e.year, c.clause
            QUALIFY row_number() OVER (PARTITION BY e.year ORDER BY firms DESC, findings DESC, c.clause) <= 5
        ),
        judged AS (
            SELECT e.year, r.clause, count(*) FILTER (r.result <> 'compliant') AS failed, count(*) AS judged
            FROM clause_results r JOIN exams e USING (exam)
            WHERE r.result IN ('compliant', 'partial', 'noncompliant')
            GROUP BY e.year, r.clause
        )
        SELECT year, clause, label, firms, exams, findings, coalesce(failed, 0) AS failed,
               coalesce(judged, 0) AS judged
        FROM cited LEFT JOIN judged USING (year, clause)
        ORDER BY year DESC, firms DESC, findings DESC, clause
        """,
    ),
    (
        "repeating_firms",
        "哪些受查單位有重複缺失？占其缺失及建議之多少？",
        f"""
        SELECT e.firm, count(*) FILTER (f.repeats) AS repeats, count(*) AS findings
        FROM findings f JOIN exams e USING (exam)
        WHERE {COUNTED}
        GROUP BY e.firm
        HAVING repeats > 0
        ORDER BY repeats DESC, findings, e.firm
        """,
    ),
    (
        "days_to_close",
        "由送達受查單位至結案，各嚴重程度之中位日數為何？其中多少已結案？",
        f"""
        SELECT f.severity, median(f.closed_on - f.sent_on) AS median_days,
               count(f.closed_on) AS closed, count(*) AS findings
        FROM findings f
        WHERE {COUNTED} AND f.sent_on IS NOT NULL
        GROUP BY f.severity
        ORDER BY array_position(['critical', 'high', 'medium', 'low'], f.severity)
        """,
    ),
    (
        "overdue_by_line",
        "各業別之受查單位，尚待改善之措施中有多少已逾預計完成日？多少未定期限？",
        f"""
        SELECT e.firm_line, count(*) FILTER (m.overdue) AS overdue, count(*) FILTER (m.due IS NULL) AS undated,
               count(*) AS awaited
        FROM measures m JOIN findings f USING (exam, no) JOIN exams e USING (exam)
        WHERE m.awaited AND {COUNTED}
        GROUP BY e.firm_line
        ORDER BY e.firm_line NULLS LAST
        """,
    ),
    (
        "chapters_by_line",
        "各業別受查單位之最近一案中，各章節之符合率為何（符合 ÷ 已判定）？多少項目無資料或未查核？",
        """
        WITH latest AS (
            SELECT exam, firm_line FROM exams
            QUALIFY row_number() OVER (PARTITION BY firm ORDER BY as_of DESC, exam DESC) = 1
        )
        SELECT l.firm_line, r.document, r.chapter,
               coalesce(sum(r.items) FILTER (r.result = 'compliant'), 0) AS compliant,
               coalesce(sum(r.items) FILTER (r.result IN ('compliant', 'partial', 'noncompliant')), 0) AS judged,
               round(100 * compliant / nullif(judged, 0), 1) AS percent,
               coalesce(sum(r.items) FILTER (r.result IN ('no_data', 'not_examined')), 0) AS unknown
        FROM chapter_results r JOIN latest l USING (exam)
        GROUP BY l.firm_line, r.document, r.chapter
        ORDER BY l.firm_line NULLS LAST, r.document, r.chapter
        """,
    ),
]


def plain(value):
    """A value as JSON has it: sums of DuckDB are wider than its numbers."""
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return value


def answers(folder):
    """Asks every question of the tables in a folder."""
    connection = duckdb.connect()
    for table in TABLES:
        file = folder / f"{table}.parquet"
        if not file.is_file():
            sys.exit(f"{file}: 查無此檔。請先以 fieldbook hq parquet 匯出。")
        connection.read_parquet(str(file)).create_view(table)
    for key, question, sql in QUESTIONS:
        found = connection.execute(sql)
        columns = [column[0] for column in found.description]
        yield key, question, columns, [[plain(value) for value in row] for row in found.fetchall()]


def main():
    parser = argparse.ArgumentParser(description="總部的五個問題")
    parser.add_argument("folder", type=pathlib.Path, help="fieldbook hq parquet 匯出之資料夾")
    parser.add_argument("--json", action="store_true", help="只輸出一份 JSON")
    call = parser.parse_args()
    told = list(answers(call.folder))
    if call.json:
        document = {key: {"question": q, "columns": c, "rows": r} for key, q, c, r in told}
        print(json.dumps(document, ensure_ascii=False, indent=1))
        return
    for _, question, columns, rows in told:
        print(f"\n{question}\n\t" + "\t".join(columns))
        for row in rows:
            print("\t" + "\t".join("–" if value is None else str(value) for value in row))
        if not rows:
            print("\t（無）")


if __name__ == "__main__":
    main()
