/** Words of the forms' choices. */
import type { OwnScope } from '../../../backend';
import { m } from '../../../i18n';

export const scopeWord = (scope: OwnScope): string =>
  scope === 'exam' ? m.own_scope_exam() : m.own_scope_organisation();
