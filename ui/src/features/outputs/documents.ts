/** Documents that are made of the whole exam: their kinds, files and words. */
import type { DocumentKind, PdfKind } from '../../backend';
import { m } from '../../i18n';

export interface Document {
  /** What its test names begin with. */
  name: string;
  title: () => string;
  what: () => string;
  format: string;
  /** The kinds of file that it can be, the usual one first. */
  kinds: [kind: DocumentKind, ending: string][];
  /** Under which name its pages can be looked at, if it has any. */
  pages?: PdfKind;
}

/** Kinds of document that are exported under the name that their pages have. */
type Paged = DocumentKind & PdfKind;

const of = (
  name: string,
  words: [title: () => string, what: () => string],
  format: string,
  ...kinds: Document['kinds']
): Document => ({ name, title: words[0], what: words[1], format, kinds });

const pdf = (name: string, words: [title: () => string, what: () => string], pages: Paged): Document => ({
  ...of(name, words, 'PDF', [pages, 'pdf']),
  pages
});

export const CONFIRMATION = pdf('confirmation', [m.confirmation_title, m.confirmation_what], 'confirmation');
export const REPORT_DOCX = of('docx', [m.docx_title, m.docx_what], 'Word', ['report_docx', 'docx']);
export const ASSESSMENT = pdf('assessment', [m.assessment_title, m.assessment_what], 'assessment');
export const FOLLOW_UP = pdf('follow-up', [m.follow_up_table_title, m.follow_up_table_what], 'follow_up');
export const EXCHANGE = [
  of('oscal-results', [m.oscal_results_title, m.oscal_results_what], 'OSCAL 1.1.3', [
    'oscal_results',
    'json'
  ]),
  of('oscal-poam', [m.oscal_poam_title, m.oscal_poam_what], 'OSCAL 1.1.3', ['oscal_poam', 'json']),
  of(
    'findings-data',
    [m.findings_data_title, m.findings_data_what],
    'CSV · JSON',
    ['findings_csv', 'csv'],
    ['findings_json', 'json']
  ),
  of(
    'answers-data',
    [m.answers_data_title, m.answers_data_what],
    'CSV · JSON',
    ['answers_csv', 'csv'],
    ['answers_json', 'json']
  )
];
