/** Backups on an invented disk. */
import type { BackupsView, Commands } from '../bindings';
import { pause } from './pause';
import { refuse, tick, type FakeState } from './state';

type Backups = 'backups' | 'backup_make';

export function backupHandlers(state: FakeState) {
  const view: BackupsView = { folder: '', keep: 5, last: '', generations: [], found: false };
  let made = 0;
  const copy = (): BackupsView => structuredClone(view);
  return {
    backups: copy,
    backup_make: async ({ folder, keep }) => {
      if (keep < 1 || keep > 99) refuse('failed', '保留代數須為 1 至 99。', '請更正後再備份。');
      if (folder.startsWith(state.dir))
        refuse('failed', '備份不可放在保管庫自己的資料夾內。', '請選擇另一個資料夾，最好在另一顆磁碟。');
      await pause(10);
      made += 1;
      const made_at = tick(state);
      const name = `${made_at.replaceAll('-', '').replaceAll(':', '').replace('T', '-')}-g${String(made).padStart(4, '0')}`;
      view.generations.push({
        generation: made,
        name,
        made_at,
        state: 'whole',
        sha256: 'ab'.repeat(32),
        bytes: 4_812_800
      });
      view.generations = view.generations.slice(-keep);
      Object.assign(view, { folder, keep, last: made_at, found: true });
      return copy();
    }
  } satisfies {
    [K in Backups]: (request: Commands[K]['request']) => Commands[K]['view'] | Promise<Commands[K]['view']>;
  };
}
