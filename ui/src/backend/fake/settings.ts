/** Settings of the invented organisation. */
import type { Commands, SettingsView } from '../bindings';
import { newDossier } from './dossier';
import { refuse, tick, type FakeState } from './state';

const LONGEST = 60;

function set(state: FakeState, request: SettingsView): SettingsView {
  const severity = request.severity.map((word) => word.trim()) as SettingsView['severity'];
  const used = severity.filter(Boolean);
  if (used.length < 2 || new Set(used).size < used.length)
    refuse('bad_scale', '嚴重程度至少要有兩級，且用語不可重複。', '請補上用語；不用的等級請留空。');
  const categories = request.categories.map((word) => word.trim()).filter(Boolean);
  if ([...used, ...categories, request.organisation, request.exit_meeting].some((w) => w.length > LONGEST))
    refuse('too_long', `用語不可超過 ${LONGEST} 個字。`, '請縮短後再儲存。');
  const { organisation, exit_meeting, mask } = request;
  const usual = newDossier().settings;
  state.dossier.settings = {
    organisation: organisation.trim(),
    severity,
    categories: categories.length ? categories : usual.categories,
    exit_meeting: exit_meeting.trim() || usual.exit_meeting,
    mask
  };
  tick(state);
  return state.dossier.settings;
}

type Settings = 'settings' | 'settings_set';
export const settingHandlers = (state: FakeState) =>
  ({
    settings: () => state.dossier.settings,
    settings_set: (request) => set(state, request)
  }) satisfies { [K in Settings]: (request: Commands[K]['request']) => Commands[K]['view'] };
