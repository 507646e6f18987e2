// Before and after a walk with the Tab key. The first call begins to listen; the second says what was wrong: a focus
// that lies out of sight, or that never moved on. Windows side by side have no focus of the display and draw none, so
// that its mark is looked at in the styles (`pages.test.ts`).
const [tabs] = arguments;
const told = (e) => `${e.tagName.toLowerCase()} ${e.dataset.testid ?? e.getAttribute('aria-label') ?? e.className}`;

if (tabs === 0) {
  document.activeElement?.blur();
  const walk = (window.walk = { order: [], wrong: new Set() });
  // Looked at when the next press comes, for only then it is drawn.
  const look = (e) => {
    if (!e || e === document.body || e.tagName === 'DIALOG') return;
    walk.order.push(e);
    const box = e.getBoundingClientRect();
    if (box.bottom < 0 || box.right < 0 || box.top > innerHeight || box.left > innerWidth)
      walk.wrong.add(`focus out of sight on ${told(e)}`);
  };
  addEventListener('keydown', (event) => event.key === 'Tab' && look(document.activeElement), true);
  return [];
}

const { order, wrong } = window.walk;
const last = order.slice(-Math.floor(tabs / 2));
const floating = [...document.querySelectorAll('dialog[open]')].at(-1);
const reachable = [...(floating ?? document).querySelectorAll('button, input, select, textarea, a[href], [tabindex="0"]')];
const many = reachable.filter((e) => !e.disabled && e.tabIndex >= 0 && e.getClientRects().length).length;
if (many > 2 && new Set(order).size < 3) wrong.add(`Tab reaches ${new Set(order).size} of ${many}`);
if (many > 2 && new Set(last).size === 1) wrong.add(`Tab stays on ${told(last[0])}`);
return [...wrong];
