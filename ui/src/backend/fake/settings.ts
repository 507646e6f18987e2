/** Settings of the invented organisation. */
import type { Commands, SecurityView, SettingsView } from '../bindings';
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

function guarded(state: FakeState, request: SecurityView): SecurityView {
  const { idle_minutes: minutes, clipboard_seconds: seconds } = request;
  if (minutes < 1 || minutes > 60) refuse('failed', '閒置分鐘數須在 1 至 60 之間。', '請更正後再儲存。');
  if (seconds < 10 || seconds > 600)
    refuse('failed', '剪貼簿保留秒數須在 10 至 600 之間。', '請更正後再儲存。');
  state.security = request;
  tick(state);
  return state.security;
}

/** The browser's own clipboard stands for the desktop's. */
async function copied(text: string): Promise<null> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    refuse('no_clipboard', '系統的剪貼簿無法使用，未複製。', '請改用匯出。');
  }
  return null;
}

type Settings = 'settings' | 'settings_set' | 'security' | 'security_set' | 'clipboard_put';
export const settingHandlers = (state: FakeState) =>
  ({
    security: () => state.security,
    security_set: (request) => guarded(state, request),
    clipboard_put: ({ text }) => copied(text),
    settings: () => state.dossier.settings,
    settings_set: (request) => set(state, request)
  }) satisfies {
    [K in Settings]: (request: Commands[K]['request']) => Commands[K]['view'] | Promise<Commands[K]['view']>;
  };
