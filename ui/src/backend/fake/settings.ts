/** Settings of the invented organisation. */
import type { Commands, SettingsView } from '../bindings';
import documents from './data/clauses.json';
import { refuse, tick, type FakeState } from './state';

const LONGEST = 60;
const told = new WeakMap<FakeState, SettingsView>();

function settings(state: FakeState): SettingsView {
  const titles = documents.flatMap((document) => document.chapters.map((chapter) => chapter.title));
  return (
    told.get(state) ?? {
      organisation: '臺灣某交易所',
      severity: ['重大', '高', '中', '低'],
      categories: ['管理面', '技術面', ...new Set(titles)],
      exit_meeting: '離場會議',
      mask: true
    }
  );
}

function set(state: FakeState, request: SettingsView): SettingsView {
  const severity = request.severity.map((word) => word.trim()) as SettingsView['severity'];
  const used = severity.filter(Boolean);
  if (used.length < 2 || new Set(used).size < used.length)
    refuse('bad_scale', '嚴重程度至少要有兩級，且用語不可重複。', '請補上用語；不用的等級請留空。');
  const categories = request.categories.map((word) => word.trim()).filter(Boolean);
  if ([...used, ...categories, request.organisation, request.exit_meeting].some((w) => w.length > LONGEST))
    refuse('too_long', `用語不可超過 ${LONGEST} 個字。`, '請縮短後再儲存。');
  const { organisation, exit_meeting, mask } = request;
  told.set(state, {
    organisation: organisation.trim(),
    severity,
    categories: categories.length ? categories : settings(state).categories,
    exit_meeting: exit_meeting.trim() || '離場會議',
    mask
  });
  tick(state);
  return settings(state);
}

type Settings = 'settings' | 'settings_set';
export const settingHandlers = (state: FakeState) =>
  ({
    settings: () => settings(state),
    settings_set: (request) => set(state, request)
  }) satisfies { [K in Settings]: (request: Commands[K]['request']) => Commands[K]['view'] };
