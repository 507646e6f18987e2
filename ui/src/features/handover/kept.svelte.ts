/** What stays of handing over and taking in while another stage of the exam is looked at. */
import { keeper } from '../../shared/state/keeper.svelte';
import { Give } from './give.svelte';
import { TakeIn } from './take.svelte';

export const TABS = ['give', 'take', 'merges'] as const;
export type Tab = (typeof TABS)[number];

class Handover {
  tab = $state<Tab>('give');
  readonly give = new Give();
  readonly take = new TakeIn();
}

/** The state of an exam, gone with it. */
export const handoverOf = keeper(() => new Handover());
