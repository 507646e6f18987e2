/** The keys of the invented vault. */
import type { Commands, KeySlotsView, KeySlotView } from '../bindings';
import { refuse, type FakeState } from './state';
import { strengthOf } from './strength';
import { createdOf } from './vault';

const slot = (name: string, more: Partial<KeySlotView> = {}): KeySlotView => ({
  slot: name,
  kind: name.split('-')[0] ?? name,
  state: 'as_written',
  recipient: null,
  label: null,
  removable: true,
  ...more
});

export const firstSlots = (): KeySlotView[] => [slot('passphrase'), slot('recovery')];

function view(state: FakeState): KeySlotsView {
  const human = (one: KeySlotView): boolean =>
    one.kind === 'passphrase' || (one.kind === 'recovery' && state.recoveryConfirmed);
  return {
    slots: state.slots.map((one) => ({
      ...one,
      removable: state.slots.some((other) => other.slot !== one.slot && human(other))
    })),
    keystore_offered: true,
    recovery_confirmed: state.recoveryConfirmed
  };
}

function prove(state: FakeState, proof: string): void {
  if (proof !== state.passphrase && proof !== state.identity)
    refuse(
      'wrong_proof',
      '目前的通行碼不正確，鑰匙未變更。',
      '請輸入目前的通行碼；若已遺失，可輸入復原金鑰。'
    );
}

type Answered =
  | 'passphrase_strength'
  | 'key_slots'
  | 'passphrase_change'
  | 'recovery_renew'
  | 'escrow_add'
  | 'keystore_add'
  | 'slot_remove';

export function keyHandlers(state: FakeState): {
  [K in Answered]: (request: Commands[K]['request']) => Commands[K]['view'];
} {
  const put = (made: KeySlotView): void => {
    state.slots = [...state.slots.filter((one) => one.slot !== made.slot), made];
  };
  return {
    passphrase_strength: ({ passphrase }) => strengthOf(passphrase),
    key_slots: () => view(state),
    passphrase_change: ({ proof, passphrase }) => {
      prove(state, proof);
      if (!strengthOf(passphrase).taken) refuse('failed', '通行碼太容易猜到。', '請改用一句自己想的話。');
      state.passphrase = passphrase;
      put(slot('passphrase'));
      return view(state);
    },
    recovery_renew: ({ proof }) => {
      prove(state, proof);
      state.recoveryConfirmed = false;
      put(slot('recovery'));
      return createdOf(state);
    },
    escrow_add: ({ proof, recipient, label }) => {
      prove(state, proof);
      if (!recipient.startsWith('age1'))
        refuse(
          'failed',
          '這不是可以託管的 age 收件代碼。',
          '請向託管者索取以 age1 開頭的收件代碼；本保管庫自己的收件代碼不能用於託管。'
        );
      put(slot(`escrow-${String(state.slots.length).padStart(8, '0')}`, { recipient, label }));
      return view(state);
    },
    keystore_add: ({ proof }) => {
      prove(state, proof);
      put(slot('keystore'));
      return view(state);
    },
    slot_remove: ({ proof, slot: name }) => {
      prove(state, proof);
      state.slots = state.slots.filter((one) => one.slot !== name);
      return view(state);
    }
  };
}
