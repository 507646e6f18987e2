/** What outlives the screen that asked for it first. */

/**
 * Gives each owner (an exam, the vault) one thing of its own, which goes with it. What the thing derives belongs to no
 * screen: derived values of a screen that is gone are not renewed any more.
 */
export function keeper<T extends object>(make: () => T): (owner: object) => T {
  const kept = new WeakMap<object, T>();
  return (owner) => {
    let thing = kept.get(owner);
    if (thing) return thing;
    $effect.root(() => {
      thing = make();
    });
    kept.set(owner, thing!);
    return thing!;
  };
}
