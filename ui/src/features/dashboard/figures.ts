/** Figures of the exam, as they are added up and drawn. */
import type {
  ChapterFigureView,
  DashboardView,
  EarlierExamView,
  FindingCountView,
  ResultCountView,
  ResultWord,
  RunVerdictWord,
  SeverityWord,
  VerdictCountView
} from '../../backend';
import type { Fill, Part } from '../../shared/fills';
import { SEVERITIES } from '../../shared/marks';

/** From what is settled well to what is not yet looked at, so that the filled part of a bar is what was done. */
export const ORDER: ResultWord[] = [
  'compliant',
  'partial',
  'noncompliant',
  'no_data',
  'not_applicable',
  'not_examined'
];

/** What a firm has to put right. */
export const UNMET: ResultWord[] = ['partial', 'noncompliant'];

export const RESULT_FILLS: Record<ResultWord, Fill> = {
  compliant: 'light',
  partial: 'hatch',
  noncompliant: 'solid',
  no_data: 'dots',
  not_applicable: 'lines',
  not_examined: 'empty'
};

const VERDICTS: (RunVerdictWord | null)[] = [
  'pass',
  'exceptions',
  'unknown',
  'not_runnable',
  'not_applicable',
  null
];

export function verdictFill(word: RunVerdictWord | null): Fill {
  switch (word) {
    case 'pass':
      return 'light';
    case 'exceptions':
      return 'solid';
    case 'unknown':
      return 'dots';
    case 'not_runnable':
      return 'cross';
    case 'not_applicable':
      return 'lines';
    case null:
      return 'empty';
  }
}

export const sum = (counts: ResultCountView[]): number => counts.reduce((all, { items }) => all + items, 0);

/** How many items have one of the results. */
export const having = (counts: ResultCountView[], ...words: ResultWord[]): number =>
  sum(counts.filter(({ result }) => words.includes(result)));

export const examined = (counts: ResultCountView[]): number => sum(counts) - having(counts, 'not_examined');

export const partsOf = (counts: ResultCountView[]): Part[] =>
  ORDER.map((word) => ({ fill: RESULT_FILLS[word], n: having(counts, word) })).filter(({ n }) => n > 0);

/** A line of the results: all of them, a document, or a chapter of it. */
export interface Line {
  document: string;
  chapter: string;
  word: string;
  results: ResultCountView[];
  earlier: ResultCountView[];
}

const added = (all: ResultCountView[][]): ResultCountView[] =>
  ORDER.map((result) => ({ result, items: having(all.flat(), result) })).filter(({ items }) => items > 0);

export function whole(chapters: ChapterFigureView[], document: string, word: string): Line {
  const within = chapters.filter((chapter) => !document || chapter.document === document);
  return {
    document,
    chapter: '',
    word,
    results: added(within.map(({ results }) => results)),
    earlier: added(within.map(({ earlier }) => earlier))
  };
}

/** The documents in their order, each with its chapters. */
export function grouped(chapters: ChapterFigureView[], titles: Map<string, string>): [Line, Line[]][] {
  const codes = [...new Set(chapters.map(({ document }) => document))];
  return codes.map((code) => [
    whole(chapters, code, titles.get(code) ?? code),
    chapters
      .filter(({ document }) => document === code)
      .map((chapter) => ({ ...chapter, word: chapter.chapter }))
  ]);
}

const findingsOf = (counts: FindingCountView[], severity: SeverityWord): number =>
  counts.filter((one) => one.severity === severity).reduce((all, { findings }) => all + findings, 0);

/** The verdicts that procedures have, in their order. */
export const verdicts = (counts: VerdictCountView[]): VerdictCountView[] =>
  VERDICTS.flatMap((word) => counts.filter((one) => one.verdict === word && one.procedures > 0));

/** The findings of the last exam and of this one by severity, and the items that were not met, in both. */
export function compared(
  view: DashboardView,
  earlier: EarlierExamView
): { rows: { severity: SeverityWord; before: number; now: number }[]; unmet: [before: number, now: number] } {
  const all = whole(view.chapters, '', '');
  return {
    rows: SEVERITIES.map((severity) => ({
      severity,
      before: findingsOf(earlier.findings, severity),
      now: findingsOf(view.findings, severity)
    })).filter(({ before, now }) => before + now > 0),
    unmet: [having(all.earlier, ...UNMET), having(all.results, ...UNMET)]
  };
}
