/** Finding a device by what can be read on it: usually the end of its serial number. */
import type { CountDevice, CountItemView } from '../../backend';

/** One spelling for all that count as equal: case, dashes and spaces, and signs that labels do not tell apart. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-‐-―−_./~]+/g, '')
    .replace(/o/g, '0')
    .replace(/[il]/g, '1');
}

/** A place in a rack, `U04-05` and `4~5` alike. */
export const plainUnit = (text: string): string =>
  text
    .normalize('NFKC')
    .split(/[-‐-―−~]/)
    .map((part) => plain(part.replace(/u/gi, '')).replace(/^0+/, ''))
    .join('-');

/** What the lists and the examiner say of a device. */
const versions = (item: CountItemView): CountDevice[] =>
  [item.device, item.filed, item.ledger].filter((one) => one !== null);

const RANKS: ((device: CountDevice, query: string) => boolean)[] = [
  (device, query) => plain(device.serial).endsWith(query),
  (device, query) => plain(device.property_no).endsWith(query),
  (device, query) => (plain(device.rack) + plain(device.u_pos)).startsWith(query),
  (device, query) => plain(device.name).includes(query)
];

/** Looked at only when nothing ends, stands or is called that way. */
const REST = (device: CountDevice, query: string): boolean =>
  [device.serial, device.property_no, device.model, device.owner].some((text) => plain(text).includes(query));

/** The devices that a query may mean, likely ones first; expected ones before others of the same likelihood. */
export function find(items: readonly CountItemView[], typed: string): CountItemView[] {
  const query = plain(typed);
  if (query === '') return [];
  const ranked = items.flatMap((item) => {
    const rank = RANKS.findIndex((fits) => versions(item).some((device) => fits(device, query)));
    return rank < 0 ? [] : [{ item, rank: rank * 2 + (item.expected ? 0 : 1) }];
  });
  if (ranked.length) return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
  return items.filter((item) => versions(item).some((device) => REST(device, query)));
}

/** The one device whose whole serial or property number was typed or scanned. */
export function exact(found: readonly CountItemView[], typed: string): CountItemView | undefined {
  const query = plain(typed);
  const same = found.filter((item) =>
    versions(item).some((device) => [device.serial, device.property_no].some((no) => plain(no) === query))
  );
  return query !== '' && same.length === 1 ? same[0] : undefined;
}
