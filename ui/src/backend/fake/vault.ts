/** The vault of the invented host: made, opened, locked. */
import type { Commands, IntegrityView, VaultCreatedView, VaultView } from '../bindings';
import { isSlow, pause } from './pause';
import { strengthOf } from './strength';
import { refuse, type FakeState } from './state';

/** A look at the vault that ended. */
const looked = ({ found }: FakeState): IntegrityView => ({
  state: found.length ? 'problems' : 'whole',
  percent: 100,
  at: '09:30:05',
  found
});

async function slowly(tell: (view: IntegrityView) => void): Promise<void> {
  for (let percent = 1; percent < 100; percent += 1) {
    tell({ state: 'running', percent, at: '', found: [] });
    await pause(20);
  }
}

export function vaultOf(state: FakeState): VaultView {
  const name = state.dir.split(/[\\/]/).pop() ?? '';
  return {
    name,
    dir: state.dir,
    slots: state.slots.map((slot) => slot.slot),
    recipient: 'age1qxw5l7d9p3n8k2v4t6r0yhj5m7c9e3a8s2f4g6',
    recovery_confirmed: state.recoveryConfirmed,
    news: state.news
  };
}

const groupsOf = (state: FakeState): string[] =>
  state.identity.replace('AGE-SECRET-KEY-1', '').match(/.{1,6}/g) ?? [];

export function createdOf(state: FakeState): VaultCreatedView {
  return {
    recovery_identity: state.identity,
    recovery_groups: groupsOf(state),
    challenge: { groups: [2, 5, 9] },
    vault: vaultOf(state)
  };
}

type Answered =
  | 'integrity'
  | 'integrity_start'
  | 'session'
  | 'session_touch'
  | 'vault_create'
  | 'vault_confirm_recovery'
  | 'vault_unlock'
  | 'vault_unlock_keystore'
  | 'vault_lock';

export function vaultHandlers(state: FakeState): {
  [K in Answered]: (request: Commands[K]['request']) => Commands[K]['view'];
} {
  return {
    integrity: () => looked(state),
    integrity_start: () => {
      const tell = (view: IntegrityView): void => state.integrity.forEach((listener) => listener(view));
      // It ends a moment later, as in the real host.
      if (isSlow) void slowly(tell).then(() => tell(looked(state)));
      else queueMicrotask(() => tell(looked(state)));
      return { state: 'running', percent: 0, at: '', found: [] };
    },
    session: () => ({
      version: '0.1.0',
      suggested_dir: state.dir,
      vault_exists: state.exists,
      keystore_opens: state.slots.some((slot) => slot.slot === 'keystore'),
      vault: state.open ? vaultOf(state) : null,
      exam: state.open ? state.exam : null,
      locked_by: state.lockedBy
    }),
    session_touch: () => null,
    vault_create: ({ dir, passphrase }) => {
      if (state.exists && dir === state.dir)
        refuse('vault_exists', '這個資料夾已有保管庫。', '請改為開啟它，或另選資料夾。');
      if (!strengthOf(passphrase).taken)
        refuse('failed', '通行碼太短（至少 12 個字元）。', '請改用較長、容易記住的一句話。');
      Object.assign(state, { dir, passphrase, open: true, exists: true, recoveryConfirmed: false });
      return createdOf(state);
    },
    vault_confirm_recovery: ({ typed }) => {
      const groups = groupsOf(state);
      const right = [2, 5, 9].every((n, k) => groups[n - 1] === typed[k]?.trim().toUpperCase());
      if (!right) refuse('recovery_mismatch', '輸入的字組與復原金鑰不符。', '請對照抄下的內容，再輸入一次。');
      state.recoveryConfirmed = true;
      return vaultOf(state);
    },
    vault_unlock: ({ dir, passphrase }) => {
      if (!state.exists || dir !== state.dir)
        refuse('not_a_vault', '這個資料夾不是保管庫。', '請選擇含有 keys 與 vault.db 的資料夾。');
      if (passphrase !== state.passphrase)
        refuse(
          'wrong_passphrase',
          '通行碼不正確，保管庫未開啟。',
          '請確認輸入法與大小寫後再試；內容沒有任何變動。'
        );
      state.open = true;
      state.lockedBy = null;
      return vaultOf(state);
    },
    vault_unlock_keystore: () => {
      state.open = true;
      return vaultOf(state);
    },
    vault_lock: () => {
      state.open = false;
      state.exam = null;
      state.lockedBy = 'asked';
      return null;
    }
  };
}
