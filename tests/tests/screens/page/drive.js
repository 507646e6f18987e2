// Goes where the steps lead, as a hand would, and answers '' or what it waited for in vain.
//   name         waits until the element of this data-testid can be pressed, and presses it
//   name=text    writes into a field, or chooses an option by its value
//   ?name        waits for the element
//   key:x        presses a key wherever the focus is; `key:Ctrl+k` with another one held
//   !css         presses the first element of a selector
//   ~css         waits for one
const [steps, done] = [arguments[0], arguments[arguments.length - 1]];
const LIMIT = 15000;

const frame = () => new Promise((next) => requestAnimationFrame(next));
const named = (name) => `[data-testid="${CSS.escape(name)}"]`;

async function found(css, ready = () => true) {
  for (const begun = performance.now(); performance.now() - begun < LIMIT; await frame()) {
    const all = [...document.querySelectorAll(css)].filter(ready);
    if (all.length) return all[0];
  }
  const said = [...document.querySelectorAll('[role=alert]')].map((e) => e.innerText).join(' / ');
  throw new Error(`${css}${said && ` (the page says: ${said})`}`);
}

const press = async (css) => (await found(css, (e) => !e.disabled)).click();

async function write(name, text) {
  const field = await found(named(name), (e) => !e.disabled);
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  // A key that follows is a command, not a letter.
  field.blur();
}

function key(chord) {
  const key = chord.length > 1 ? chord.split('+').at(-1) : chord;
  const init = { key, bubbles: true, cancelable: true, ctrlKey: chord.startsWith('Ctrl+'), shiftKey: chord.startsWith('Shift+') };
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', init));
}

async function step(words) {
  const at = words.indexOf('=');
  if (words.startsWith('?')) await found(named(words.slice(1)));
  else if (words.startsWith('!')) await press(words.slice(1));
  else if (words.startsWith('~')) await found(words.slice(1));
  else if (words.startsWith('key:')) key(words.slice(4));
  else if (at > 0) await write(words.slice(0, at), words.slice(at + 1));
  else await press(named(words));
  await still(2);
}

// Until nothing has changed in the page for some frames, everything has its fonts and nothing is on its way.
async function still(frames) {
  let changed = 0;
  const watch = new MutationObserver(() => (changed = 0));
  watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const begun = performance.now();
  while (changed < frames && performance.now() - begun < LIMIT) {
    await frame();
    changed += 1;
    if (document.querySelector('[aria-busy=true]') || document.fonts.status !== 'loaded') changed = 0;
  }
  watch.disconnect();
}

(async () => {
  try {
    for (const words of steps) await step(words);
    await still(4);
    done('');
  } catch (error) {
    done(String(error.message));
  }
})();
