/** Places in a statement, and what is put into it. */

/** The words that may stand side by side only with a blank between them. */
const WORD = /[\w)]$/;

/** Offset of a character on a line, both from 1; past the end it is the end. */
export function offset(text: string, line: number, character: number): number {
  const lines = text.split('\n');
  const at = Math.max(0, Math.min(lines.length, line) - 1);
  const before = lines.slice(0, at).reduce((sum, one) => sum + one.length + 1, 0);
  const on = [...(lines[at] ?? '')].slice(0, Math.max(0, character - 1)).join('');
  return before + on.length;
}

/** What is put in at a place: a blank before it where two names would run together, and which part of it is selected then. */
export function insertion(before: string, call: string): { text: string; from: number; to: number } {
  const text = WORD.test(before) && /^\w/.test(call) ? ` ${call}` : call;
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  // What a function is called with is to be written over.
  if (open >= 0 && close > open) return { text, from: open + 1, to: close };
  return { text, from: text.length, to: text.length };
}

/** What a new procedure over a dataset begins with. */
export const beginning = (dataset: string): string => `SELECT _id\nFROM ${dataset}\nWHERE `;

/** Clauses as they are typed, apart by blanks or commas of either width. */
export const clausesOf = (typed: string): string[] =>
  typed.split(/[\s,，、；;]+/).filter((one) => one !== '');
