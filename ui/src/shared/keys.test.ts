import { afterEach, expect, test } from 'vitest';
import { commandKey } from './keys';

afterEach(() => document.body.replaceChildren());

function pressed(target: HTMLElement, init: KeyboardEventInit): string | null {
  document.body.append(target);
  let command: string | null = 'not heard';
  target.addEventListener('keydown', (event) => (command = commandKey(event)));
  target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }));
  return command;
}

test('a bare key is a command, whatever its case', () => {
  expect(pressed(document.createElement('button'), { key: 'J' })).toBe('j');
});

test('a key that an input method composes with is none', () => {
  expect(pressed(document.createElement('button'), { key: '1', isComposing: true })).toBeNull();
});

test('the key that ends a composition in WebKit (229) is none', () => {
  expect(pressed(document.createElement('button'), { key: 'Enter', keyCode: 229 })).toBeNull();
});

test.each(['input', 'textarea', 'select'])('a key typed into %s is none', (tag) => {
  expect(pressed(document.createElement(tag), { key: '3' })).toBeNull();
});

test('a check box takes no text, so keys on it are commands', () => {
  const box = document.createElement('input');
  box.type = 'checkbox';
  expect(pressed(box, { key: 'j' })).toBe('j');
});

test('with a modifier it is none', () => {
  expect(pressed(document.createElement('button'), { key: 'c', ctrlKey: true })).toBeNull();
});

test('behind an open dialog it is none', () => {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('open', '');
  document.body.append(dialog);
  expect(pressed(document.createElement('button'), { key: 'j' })).toBeNull();
});
