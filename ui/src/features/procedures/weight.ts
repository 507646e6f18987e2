/** Gives a cell its share of the width through the CSSOM. */
export function weight(node: HTMLElement, share: number) {
  const set = (now: number): void => {
    node.style.flexGrow = String(now);
  };
  set(share);
  return { update: set };
}
