/** Which of the two themes is shown: the system's until the examiner chooses. Kept in memory only. */

const system = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;

let chosen = $state<'light' | 'dark' | null>(null);
let systemDark = $state(system?.matches ?? false);

export const theme = {
  get current(): 'light' | 'dark' {
    return chosen ?? (systemDark ? 'dark' : 'light');
  },
  toggle(): void {
    chosen = theme.current === 'dark' ? 'light' : 'dark';
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
