// What is wrong with how the page lies in the window: what is wider than its place, and what can be pressed but lies
// outside. Grids of a firm's own columns may be wider (`data-wide`).
const wrong = [];
const floating = [...document.querySelectorAll('dialog[open]')].at(-1);
const name = (e) => `${e.tagName.toLowerCase()} ${e.dataset.testid ?? ''} ${e.className} in ${e.closest('[data-testid]')?.dataset.testid ?? 'the page'}`;
if (document.documentElement.scrollWidth > innerWidth) wrong.push(`the page is ${document.documentElement.scrollWidth} wide`);
for (const part of (floating ?? document).querySelectorAll('*')) {
  if (part.closest('[data-wide]')) continue;
  const scrolls = ['auto', 'scroll'].includes(getComputedStyle(part).overflowX);
  if (scrolls && part.tagName !== 'TEXTAREA' && part.scrollWidth > part.clientWidth + 1)
    wrong.push(`scrolls sideways (${part.scrollWidth} in ${part.clientWidth}): ${name(part)}`);
}
for (const part of (floating ?? document).querySelectorAll('button, input, select, textarea')) {
  const box = part.getBoundingClientRect();
  if (!box.width || part.closest('[data-wide]')) continue;
  if (box.right > innerWidth + 1 || box.left < -1) wrong.push(`beside the window: ${name(part)}`);
}
return wrong;
