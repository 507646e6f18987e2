/** What stands in the way of somebody who cannot see or point. */
import axe from 'axe-core';

/** Colours are computed elsewhere; this document has no layout. */
export async function faults(): Promise<string[]> {
  document.documentElement.lang = 'zh-Hant-TW';
  document.title = '查核簿';
  const result = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.substring(0, 120)).join(' | ')}`);
}
