/** The count as a picture: rack by rack what was filed, what the ledger has, and what was seen. */
import type { CountDevice, CountItemView, CountState, CountView } from '../../backend';
import { m } from '../../i18n';
import { racks, unitsOf, type Rack, type Slot } from '../../shared/chart/rack';
import type { Paint, Picture } from '../../shared/chart/shapes';
import { countMark } from '../../shared/marks';
import { count } from '../../shared/numbers';
import { called, place } from './fields';

const PAINTS: Record<CountState | 'open', Paint> = {
  found: 'fill-light',
  not_found: 'fill-solid',
  not_listed: 'fill-hatch',
  open: 'none'
};

const paintOf = (item: CountItemView): Paint =>
  item.differs.length ? 'fill-cross' : PAINTS[item.state ?? 'open'];

/** The devices that the picture is of: those that should stand there, and those that were counted. */
const shown = (view: CountView): CountItemView[] =>
  view.items.filter((item) => item.expected || item.state !== null);

function grouped(items: CountItemView[]): Rack[] {
  const found = new Map<string, Rack>();
  const put = (device: CountDevice, list: number, slot: Omit<Slot, 'units'>): void => {
    const name = device.rack || m.rack_unknown();
    const key = name.normalize('NFKC').toUpperCase();
    const rack = found.get(key) ?? { name, lists: [[], [], []] };
    found.set(key, rack);
    rack.lists[list]!.push({ ...slot, units: unitsOf(device.u_pos) });
  };
  for (const item of items) {
    if (item.filed) put(item.filed, 0, { name: called(item.filed), paint: 'none' });
    if (item.ledger) put(item.ledger, 1, { name: called(item.ledger), paint: 'none' });
    const { shape } = countMark(item.state);
    put(item.device, 2, { name: `${shape} ${called(item.device)}`, paint: paintOf(item) });
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

export function pictureOf(view: CountView): Picture {
  const items = shown(view);
  const word = (state: CountState | null): string => {
    const { shape, word: said } = countMark(state);
    return `${shape} ${said}`;
  };
  return {
    title: m.rack_title(),
    n: m.rack_n({ n: count(items.length), open: count(view.open) }),
    drawing: racks(grouped(items), [m.list_filed(), m.list_ledger(), m.list_onsite()], {
      nowhere: m.rack_nowhere(),
      legend: [
        [PAINTS.found, word('found')],
        ['fill-cross', m.rack_differs()],
        [PAINTS.not_found, word('not_found')],
        [PAINTS.not_listed, word('not_listed')],
        [PAINTS.open, word(null)]
      ]
    }),
    table: {
      heads: [m.count_device(), m.list_filed(), m.list_ledger(), m.list_onsite(), m.rack_state()],
      rows: items.map((item) => [
        called(item.device),
        item.filed ? place(item.filed) || m.rack_nowhere() : '–',
        item.ledger ? place(item.ledger) || m.rack_nowhere() : '–',
        item.state === 'found' || item.state === 'not_listed' ? place(item.device) || m.rack_nowhere() : '–',
        item.differs.length ? `${word(item.state)}（${m.rack_differs()}）` : word(item.state)
      ])
    },
    notes: [m.rack_note()]
  };
}
