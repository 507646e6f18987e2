/** The language of the window. Messages read it when they are called, so that every text follows a change at once. */
import { overwriteGetLocale, type Locale } from './paraglide/runtime.js';

let current = $state<Locale>('zh-TW');

overwriteGetLocale(() => current);

export const locale = {
  get current(): Locale {
    return current;
  },
  /** Switches between the two languages. */
  toggle(): void {
    current = current === 'en' ? 'zh-TW' : 'en';
    document.documentElement.lang = current === 'en' ? 'en' : 'zh-Hant-TW';
  }
};
