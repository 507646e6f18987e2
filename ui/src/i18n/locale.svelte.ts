/** The language of the window. Messages read it when they are called, so that every text follows a change at once. */
import { recall, remember } from '../theme/address';
import { overwriteGetLocale, type Locale } from './paraglide/runtime.js';

let current = $state<Locale>(recall('language') === 'en' ? 'en' : 'zh-TW');

overwriteGetLocale(() => current);

function show(): void {
  document.documentElement.lang = current === 'en' ? 'en' : 'zh-Hant-TW';
}

show();

export const locale = {
  get current(): Locale {
    return current;
  },
  /** Switches between the two languages. */
  toggle(): void {
    current = current === 'en' ? 'zh-TW' : 'en';
    remember('language', current);
    show();
  }
};
