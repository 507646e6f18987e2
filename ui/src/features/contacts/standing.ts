/** How somebody stands, as shape, word and colour. */
import type { CardStandingWord, ContactView } from '../../backend';
import { m } from '../../i18n';
import type { StateMark } from '../../shared/marks';

export function contactMark(contact: ContactView): StateMark {
  return contact.verified_at
    ? { shape: '✓', tone: 'ok', word: m.contact_verified() }
    : { shape: '○', tone: 'warn', word: m.contact_pinned() };
}

export function standingMark(word: CardStandingWord, known: string): StateMark {
  switch (word) {
    case 'new':
      return { shape: '＋', tone: 'info', word: m.look_new() };
    case 'verified':
      return { shape: '✓', tone: 'ok', word: m.look_verified() };
    case 'pinned':
      return { shape: '○', tone: 'warn', word: m.look_pinned() };
    case 'own':
      return { shape: '–', tone: 'quiet', word: m.look_own() };
    case 'key_changed':
      return { shape: '●', tone: 'fail', word: m.look_key_changed({ name: known }) };
  }
}
