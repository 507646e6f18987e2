/** Which theme is shown: light or dark, each also with more contrast. The system's until the examiner chooses. */
import { recall, remember } from './address';

const asked = (query: string): MediaQueryList | null =>
  typeof matchMedia === 'function' ? matchMedia(query) : null;
const dark = asked('(prefers-color-scheme: dark)');
const more = asked('(prefers-contrast: more)');

const [mode, contrast] = [recall('theme'), recall('contrast')];
let chosen = $state<'light' | 'dark' | null>(mode === 'light' || mode === 'dark' ? mode : null);
let chosenContrast = $state<boolean | null>(contrast === null ? null : contrast === 'more');
let systemDark = $state(dark?.matches ?? false);
let systemMore = $state(more?.matches ?? false);

export const theme = {
  get current(): 'light' | 'dark' {
    return chosen ?? (systemDark ? 'dark' : 'light');
  },
  /** Whether texts and borders stand out as much as they can. */
  get contrast(): boolean {
    return chosenContrast ?? systemMore;
  },
  toggle(): void {
    chosen = theme.current === 'dark' ? 'light' : 'dark';
    remember('theme', chosen);
    show();
  },
  toggleContrast(): void {
    chosenContrast = !theme.contrast;
    remember('contrast', chosenContrast ? 'more' : 'usual');
    show();
  }
};

function show(): void {
  document.documentElement.dataset.theme = `${theme.contrast ? 'contrast-' : ''}${theme.current}`;
}

/** Shows the theme and follows the system from now on. */
export function startTheme(): void {
  dark?.addEventListener('change', (event) => {
    systemDark = event.matches;
    show();
  });
  more?.addEventListener('change', (event) => {
    systemMore = event.matches;
    show();
  });
  show();
}
