/** What stays of handing over and taking in while another stage of the exam is looked at. */
import { Give } from './give.svelte';
import { TakeIn } from './take.svelte';

export const TABS = ['give', 'take', 'merges'] as const;
export type Tab = (typeof TABS)[number];

class Handover {
  tab = $state<Tab>('give');
  readonly give = new Give();
  readonly take = new TakeIn();
}

const kept = new WeakMap<object, Handover>();

/** The state of an exam, gone with it. */
export function handoverOf(exam: object): Handover {
  const handover = kept.get(exam) ?? new Handover();
  kept.set(exam, handover);
  return handover;
}
