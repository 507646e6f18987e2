/** The host of the desktop program: the only file that knows Tauri. */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { open, save } from '@tauri-apps/plugin-dialog';
import type { Backend, Unlisten } from './backend';
import type {
  EvidenceProgressView,
  HandoverProgressView,
  IntegrityView,
  LockNoticeView,
  ProgressView,
  RunProgressView
} from './bindings';

/** Tauri gives the way to stop listening later; this one stops as soon as it can. */
function unlistenLater(pending: Promise<Unlisten>): Unlisten {
  return () => void pending.then((stop) => stop());
}

export const tauriBackend: Backend = {
  call: (name, request) => invoke('call', { name, request }),
  onProgress: (listener) =>
    unlistenLater(listen<ProgressView>('import-progress', (event) => listener(event.payload))),
  onRunProgress: (listener) =>
    unlistenLater(listen<RunProgressView>('audit-progress', (event) => listener(event.payload))),
  onEvidenceProgress: (listener) =>
    unlistenLater(listen<EvidenceProgressView>('evidence-progress', (event) => listener(event.payload))),
  onHandoverProgress: (listener) =>
    unlistenLater(listen<HandoverProgressView>('handover-progress', (event) => listener(event.payload))),
  onIntegrity: (listener) =>
    unlistenLater(listen<IntegrityView>('integrity', (event) => listener(event.payload))),
  onLock: (listener) => unlistenLater(listen<LockNoticeView>('lock', (event) => listener(event.payload))),
  onDrop: (listener) =>
    unlistenLater(
      getCurrentWebview().onDragDropEvent(({ payload }) => {
        if (payload.type === 'drop') listener({ over: false, paths: payload.paths });
        else listener({ over: payload.type !== 'leave', paths: [] });
      })
    ),
  pickFiles: async () => (await open({ multiple: true })) ?? [],
  pickFolder: () => open({ directory: true }),
  pickSaveFile: (name) => save({ defaultPath: name }),
  openPath: (path) => invoke('open_exported', { path }),
  givenFile: () => invoke('given_file')
};
