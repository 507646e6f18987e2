/** Whether the help is open, and at which page. It stands above everything, so it is no part of the desk. */
import { desk } from '../../shared/state/desk.svelte';

/** The page about what is on the desk now. */
function here(): string {
  if (desk.exam) return desk.stage;
  if (!desk.vault) return desk.session?.vault_exists ? 'security' : 'first-steps';
  return desk.headquarters ? 'headquarters' : 'exams';
}

class Help {
  page = $state<string | null>(null);

  /** Opens the page, or the one about the present stage. */
  open(page: string = here()): void {
    this.page = page;
  }

  close(): void {
    this.page = null;
  }
}

export const help = new Help();
