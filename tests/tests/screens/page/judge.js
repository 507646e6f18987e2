// What axe-core finds wrong for people who cannot see well, point or hear, in what can be used now: what floats, or
// else the page. Answers one entry for each rule that is broken, with the elements. Only some rules can change with a
// theme or a size: where the others were looked at before, `again` leaves them out.
const [contrast, again, done] = [arguments[0], arguments[1], arguments[arguments.length - 1]];
const floating = [...document.querySelectorAll('dialog[open]')].at(-1);
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const changing = ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block'];
const enough = contrast ? 'color-contrast-enhanced' : 'color-contrast';
const runOnly = again
  ? { type: 'rule', values: changing.map((rule) => (rule === 'color-contrast' ? enough : rule)) }
  : { type: 'tag', values: tags };
axe
  .run(floating ?? document, { runOnly, rules: again ? {} : { 'target-size': { enabled: true } }, resultTypes: ['violations'] })
  .then(({ violations, passes, incomplete }) =>
    done({
      judged: passes.length + violations.length,
      open: incomplete.map(({ id, nodes }) => `${id} ${nodes.length} ${nodes[0].target.join(' ')} ${nodes[0].any[0]?.message ?? ''}`),
      faults: violations.map(({ id, nodes }) => ({
        rule: id,
        at: nodes.map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''} ${node.html.slice(0, 160)}`)
      }))
    })
  )
  .catch((error) => done({ judged: 0, open: [], faults: [{ rule: 'axe', at: [String(error)] }] }));
