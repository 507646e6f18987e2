/** The reader's size of text, which styles follow by rem and em; what is measured in pixels by a program asks here. */

/** How many times the usual 16 pixels. Where nothing is drawn it is the usual. */
export function letters(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
}
