/** Facts and systems of the invented firm. */
import type {
  FactDefView,
  FactView,
  ProfileChangeView,
  ProfileRemarkView,
  ProfileRequest,
  ProfileView,
  SystemView
} from '../bindings';
import { clauseIds, conditionsOf, counts, factOf, lines, useFactTexts, type Facts } from './checklist';
import facts from './data/facts.json';
import { tick, type FakeState } from './state';

useFactTexts(new Map(facts.map((fact) => [fact.code, fact])));

export const FIRM_FACTS: Record<string, FactView> = {
  is_sec: true,
  is_fcm: false,
  is_futures_ind: false,
  sec_broker: true,
  foreign: false,
  ciso: true,
  grade: '3',
  class1: true,
  public_co: true,
  inet: true,
  channels: ['internet', 'dma'],
  e_order: true,
  website: true,
  colo: true,
  twse_tcpip: true,
  outsource_any: true,
  pii: true
};

export const FIRM_SYSTEMS: SystemView[] = [
  {
    name: '主機共置下單系統',
    facts: { core: true, asmt_class: '1', etrade: true, important: true, inet_exposed: false, has_pii: false }
  },
  {
    name: '網路下單系統',
    facts: { core: true, asmt_class: '1', etrade: true, important: true, inet_exposed: true, has_pii: true }
  },
  { name: '人事差勤系統', facts: { core: false, etrade: false, has_pii: true } }
];

const drives = (code: string): number => clauseIds().filter((id) => conditionsOf(id).includes(code)).length;

/** What the register leaves open, with what its other columns suggest. */
function remarks(state: FakeState): ProfileRemarkView[] {
  return state.systems
    .filter((system) => (system.facts['asmt_class'] ?? 'unknown') === 'unknown')
    .map(({ name, facts }) => {
      const [suggested, word] = facts['core'] === true ? ['1', '第一類'] : ['3', '第三類'];
      return {
        system: name,
        fact: 'asmt_class',
        suggested,
        text: `系統「${name}」尚未填資安評估分類；依其他欄位可能為${word}。`
      };
    });
}

export function profile(state: FakeState): ProfileView {
  const view = (fact: (typeof facts)[number]): FactDefView => ({
    code: fact.code,
    question: fact.question,
    group: fact.group,
    kind: fact.kind,
    choices: fact.choices,
    value: fact.system ? 'unknown' : (state.facts.get(fact.code)?.value ?? 'unknown'),
    basis: state.facts.get(fact.code)?.basis ?? '',
    drives: drives(fact.code)
  });
  return {
    facts: facts.filter((fact) => !fact.system).map(view),
    system_facts: facts.filter((fact) => fact.system).map(view),
    systems: state.systems,
    remarks: remarks(state),
    counts: counts(state)
  };
}

export function preview(state: FakeState, request: ProfileRequest): ProfileChangeView {
  const changed = new Map(request.facts.map((fact) => [fact.code, fact.value]));
  const now = factOf(state);
  const then: Facts = (code) => changed.get(code) ?? now(code);
  const before = lines(state, now);
  const after = lines(state, then);
  const changes = after.flatMap((item, index) => {
    const was = before[index]!;
    if (was.applicability === item.applicability) return [];
    const { clause, label, reason } = item;
    const answered = state.answers.has(clause);
    return [{ clause, label, from: was.applicability, to: item.applicability, reason, answered }];
  });
  return { changes, counts: counts(state, then) };
}

export function setProfile(state: FakeState, request: ProfileRequest): ProfileChangeView {
  const change = preview(state, request);
  for (const fact of request.facts) state.facts.set(fact.code, { value: fact.value, basis: fact.basis });
  if (request.systems) state.systems = structuredClone(request.systems);
  if (state.exam) state.exam.counts = change.counts;
  tick(state);
  return change;
}
