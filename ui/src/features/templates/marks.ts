/** Placeholders as they are written in a template. */
import type { PlaceholderView } from '../../backend';

export const braced = (name: string): string => `{{${name}}}`;

/** A region begins and ends; what repeats stands between. */
export function written({ name }: PlaceholderView): string {
  return name.startsWith('#') ? `${braced(name)}${braced(`/${name.substring(1)}`)}` : braced(name);
}
