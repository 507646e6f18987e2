/** When a key press is a command, and when it belongs to a text that is being written. */

const TYPING = new Set(['INPUT', 'TEXTAREA', 'SELECT']);
const NOT_TEXT = new Set(['checkbox', 'radio', 'button', 'submit', 'range']);

/** True while an input method composes: its key presses belong to it, the one that ends it too. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** True when the press goes into something that takes text. */
export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (!TYPING.has(target.tagName)) return false;
  return !(target instanceof HTMLInputElement && NOT_TEXT.has(target.type));
}

/** The command of a bare key (`j`, `1`, `/`, `arrowdown`), or `null` when the press is not one. */
export function commandKey(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || composing(event) || typing(event.target)) return null;
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (document.querySelector('dialog[open]')) return null;
  return event.key.toLowerCase();
}

/**
 * Ctrl+Z and Ctrl+Y (or Ctrl+Shift+Z) outside of a text, which has an undo of its own; a list to choose from has none.
 * Behind an open dialog they mean nothing, unless it is the dialog that asks (`floating`).
 */
export function turnKey(event: KeyboardEvent, floating = false): 'undo' | 'redo' | null {
  if (event.defaultPrevented || composing(event) || event.altKey) return null;
  if (typing(event.target) && !(event.target instanceof HTMLSelectElement)) return null;
  if (!(event.ctrlKey || event.metaKey) || (!floating && document.querySelector('dialog[open]'))) return null;
  return turnWay(event);
}

/** Which way a press with Ctrl would turn. */
export function turnWay(event: KeyboardEvent): 'undo' | 'redo' | null {
  const key = event.key.toLowerCase();
  if (key === 'y' || (key === 'z' && event.shiftKey)) return 'redo';
  return key === 'z' ? 'undo' : null;
}
