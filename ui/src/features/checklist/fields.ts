/** The fields of the answer that a key goes to. */
import { tick } from 'svelte';

export const FIELDS = {
  note: 'item-note',
  method: 'item-method',
  paper: 'item-paper',
  awaited: 'item-await-text'
} as const;

/** Puts the focus into a field, which may be about to appear. */
export async function goTo(field: keyof typeof FIELDS): Promise<void> {
  await tick();
  document.getElementById(FIELDS[field])?.focus();
}

/** Writes into the note at the caret and leaves the first `○` of it, what is to be filled in, selected. */
export async function insertIntoNote(text: string, write: (whole: string) => void): Promise<void> {
  const field = document.getElementById(FIELDS.note);
  if (!(field instanceof HTMLTextAreaElement)) return;
  const [from, to] = [field.selectionStart, field.selectionEnd];
  write(field.value.substring(0, from) + text + field.value.substring(to));
  await goTo('note');
  const blank = text.indexOf('○');
  const at = blank < 0 ? from + text.length : from + blank;
  field.setSelectionRange(at, blank < 0 ? at : at + 1);
}
