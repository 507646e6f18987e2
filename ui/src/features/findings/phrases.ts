/** The parts of a finding that have phrases, and where a phrase is put. */
import { tick } from 'svelte';
import { m } from '../../i18n';

export const PARTS = ['cause', 'effect', 'recommendation'] as const;
export type Part = (typeof PARTS)[number];

const WORDS: Record<Part, () => string> = {
  cause: m.finding_cause,
  effect: m.finding_effect,
  recommendation: m.finding_recommendation
};
export const partWord = (part: Part): string => WORDS[part]();

/** The part that a press of the key is about: the one that is being written, else the first that is empty. */
export function partInHand(target: EventTarget | null, words: Record<Part, string>): Part {
  const inHand = target instanceof HTMLElement ? target.dataset.part : undefined;
  return (
    PARTS.find((part) => part === inHand) ??
    PARTS.find((part) => words[part].trim() === '') ??
    'recommendation'
  );
}

/** Writes at the caret and leaves the first `○`, what is to be filled in, selected. */
export async function insertPhrase(part: Part, text: string, write: (whole: string) => void): Promise<void> {
  const field = document.getElementById(`finding-part-${part}`);
  if (!(field instanceof HTMLTextAreaElement)) return;
  const [from, to] = [field.selectionStart, field.selectionEnd];
  write(field.value.substring(0, from) + text + field.value.substring(to));
  await tick();
  field.focus();
  const blank = text.indexOf('○');
  const at = from + (blank < 0 ? text.length : blank);
  field.setSelectionRange(at, blank < 0 ? at : at + 1);
}
