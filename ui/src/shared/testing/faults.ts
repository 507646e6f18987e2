/** What keeps the page from being used by everybody. */
import axe from 'axe-core';

/** Each fault with where it is. Colours are computed elsewhere; this document has no layout. */
export async function faults(): Promise<string[]> {
  document.documentElement.lang = 'zh-Hant-TW';
  document.title = '查核簿';
  const { violations } = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.substring(0, 120)).join(' | ')}`);
}
