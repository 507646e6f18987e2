/** Text for other programs. */

/** By a selection of the page, as browsers did before they had a clipboard to write to. */
function bySelection(text: string): boolean {
  const field = document.createElement('textarea');
  const before = document.activeElement;
  field.value = text;
  field.className = 'sr-only';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}

/**
 * Puts a text on the clipboard that may still be on its way; true when it is there. It must be called by a key or a
 * click: the promise keeps the leave that came with it.
 */
export async function copyText(text: Promise<string>): Promise<boolean> {
  const plain = 'text/plain';
  try {
    const blob = text.then((all) => new Blob([all], { type: plain }));
    await navigator.clipboard.write([new ClipboardItem({ [plain]: blob })]);
    return true;
  } catch {
    const all = await text;
    try {
      await navigator.clipboard.writeText(all);
      return true;
    } catch {
      return bySelection(all);
    }
  }
}
