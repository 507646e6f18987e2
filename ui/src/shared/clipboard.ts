/** Text for other programs. It goes through the host, which keeps it out of histories and takes it back after a while. */
import { asError, call } from '../backend';

/** Puts a text on the clipboard that may still be on its way; true when it is there. */
export async function copyText(text: Promise<string>): Promise<boolean> {
  const all = await text;
  try {
    await call('clipboard_put', { text: all });
    return true;
  } catch (thrown) {
    if (asError(thrown).code === 'no_clipboard') return false;
    throw thrown;
  }
}

/** What is marked in a field or on the page. */
function marked(target: EventTarget | null): string {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    // A passphrase is not copied, as in every browser.
    if (target.type === 'password') return '';
    return target.value.slice(target.selectionStart ?? 0, target.selectionEnd ?? 0);
  }
  return document.getSelection()?.toString() ?? '';
}

/** Has what is marked and copied or cut take the same way; returns the way to stop. */
export function guardCopies(): () => void {
  const copied = (event: ClipboardEvent): void => {
    const text = marked(event.target);
    if (text === '' || event.defaultPrevented) return;
    event.preventDefault();
    void copyText(Promise.resolve(text)).catch(() => false);
    if (event.type === 'cut') document.execCommand('delete');
  };
  document.addEventListener('copy', copied);
  document.addEventListener('cut', copied);
  return () => {
    document.removeEventListener('copy', copied);
    document.removeEventListener('cut', copied);
  };
}
