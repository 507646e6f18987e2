/** What the browser has and the test's document has not. */
import { cleanup, configure } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, vi, type MockInstance } from 'vitest';

configure({ asyncUtilTimeout: 4000, getElementError: (message) => new Error(message ?? '') });

/** What Svelte warns of at run time is wrong before the eye, too: a count that is not renewed, for one. */
let warnings: MockInstance<typeof console.warn>;
beforeEach(() => {
  warnings = vi.spyOn(console, 'warn');
});
afterEach(() => {
  cleanup();
  const said = warnings.mock.calls.map((words) => words.join(' '));
  warnings.mockRestore();
  expect(said.filter((words) => words.includes('[svelte]'))).toEqual([]);
});

class NoResize {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NoResize as unknown as typeof ResizeObserver;
Element.prototype.scrollIntoView ??= () => {};
Element.prototype.scrollTo = (() => {}) as typeof Element.prototype.scrollTo;
// A box of some height, so that a list of rows in sight shows some.
Object.defineProperty(Element.prototype, 'clientHeight', { configurable: true, get: () => 480 });
Object.defineProperty(Element.prototype, 'clientWidth', { configurable: true, get: () => 640 });
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.setAttribute('open', '');
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.removeAttribute('open');
};
