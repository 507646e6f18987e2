/** Positions and sizes, set through the CSSOM: the content policy allows no inline styles. */

/** Custom properties and others of an element (`--shift`, `height`). */
export function styled(node: HTMLElement, values: Record<string, string>) {
  const before = new Map<string, string>();
  const set = (next: Record<string, string>): void => {
    for (const [name, value] of Object.entries(next)) {
      if (before.get(name) === value) continue;
      before.set(name, value);
      node.style.setProperty(name, value);
    }
  };
  set(values);
  return { update: set };
}
