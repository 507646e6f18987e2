/** The fields of a device as they are shown, and where two lists differ in them. */
import type { CountDevice, CountItemView } from '../../backend';
import { m } from '../../i18n';
import { plain, plainUnit } from './search';

export type Field = keyof CountDevice;

export const FIELDS: [Field, () => string][] = [
  ['name', m.device_name],
  ['model', m.device_model],
  ['serial', m.device_serial],
  ['property_no', m.device_property],
  ['rack', m.device_rack],
  ['u_pos', m.device_unit],
  ['owner', m.device_owner],
  ['software_owner', m.device_software]
];

export const fieldWord = (field: string): string => FIELDS.find(([key]) => key === field)?.[1]() ?? field;

export const NOTHING: CountDevice = {
  name: '',
  model: '',
  serial: '',
  property_no: '',
  rack: '',
  u_pos: '',
  owner: '',
  software_owner: ''
};

/** Whether two lists say different things; where one of them says nothing they do not. */
export function differ(field: Field, a: CountDevice | null, b: CountDevice | null): boolean {
  if (!a || !b) return false;
  const same = field === 'u_pos' ? plainUnit : plain;
  const [left, right] = [same(a[field]), same(b[field])];
  return left !== '' && right !== '' && left !== right;
}

/** The firm itself, however two lists write it. */
const bothOurs = (item: CountItemView, ...lists: string[]): boolean =>
  lists.every((list) => item.ours.includes(list));

/** Fields in which the ledger says something else than what was filed. */
export const ledgerDiffers = (item: CountItemView): Field[] =>
  FIELDS.map(([field]) => field).filter(
    (field) =>
      differ(field, item.filed, item.ledger) && !(field === 'owner' && bothOurs(item, 'filed', 'ledger'))
  );

/** Where the device that stands there differs from the list that it is held against. */
export function seenDiffers(item: CountItemView, field: Field): boolean {
  if (item.state !== 'found') return false;
  if (item.filed && ['rack', 'u_pos', 'owner'].includes(field)) return item.differs.includes(field);
  if (field === 'owner' && bothOurs(item, 'ledger', 'seen')) return false;
  return differ(field, item.filed ?? item.ledger, item.device);
}

export const place = ({ rack, u_pos }: CountDevice): string => [rack, u_pos].filter(Boolean).join(' · ');
export const called = (device: CountDevice): string => device.name || device.model || device.serial;
