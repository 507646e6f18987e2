/** Which of the two themes is shown: the system's until the examiner chooses. */
import { recall, remember } from './address';

const system = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;

const known = recall('theme');
let chosen = $state<'light' | 'dark' | null>(known === 'light' || known === 'dark' ? known : null);
let systemDark = $state(system?.matches ?? false);

export const theme = {
  get current(): 'light' | 'dark' {
    return chosen ?? (systemDark ? 'dark' : 'light');
  },
  toggle(): void {
    chosen = theme.current === 'dark' ? 'light' : 'dark';
    remember('theme', chosen);
    show();
  }
};

function show(): void {
  document.documentElement.dataset.theme = theme.current;
}

/** Shows the theme and follows the system from now on. */
export function startTheme(): void {
  system?.addEventListener('change', (event) => {
    systemDark = event.matches;
    show();
  });
  show();
}
