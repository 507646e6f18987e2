/** Remembered mappings of the invented host: one, until it is forgotten. */
import type { MappingMemoryView, MappingRequest, MappingsImportedView } from '../bindings';
import { refuse } from './state';

const KNOWN: MappingMemoryView = {
  dataset: 'accounts',
  dataset_zh: '帳號清冊',
  header: '3f'.repeat(32),
  headers: ['主機', '代號', '使用人', '狀態', '備註'],
  columns: [
    { header: '主機', column: 'system_name', zh: '系統名稱', time_header: null },
    { header: '代號', column: 'account', zh: '帳號', time_header: null },
    { header: '使用人', column: 'holder_name', zh: '使用者姓名', time_header: null },
    { header: '狀態', column: 'status', zh: '狀態', time_header: null }
  ],
  file: '帳號清冊.xlsx',
  used_at: '2026-03-02T09:12:00'
};

let known = [KNOWN];

export const mappings = (): MappingMemoryView[] => known;

export function forget({ dataset, header }: MappingRequest): MappingMemoryView[] {
  const left = known.filter((m) => m.dataset !== dataset || m.header !== header);
  if (left.length === known.length) refuse('failed', '沒有這一項欄位對應記憶。', '請重新整理清單。');
  known = left;
  return known;
}

export function takeOver(): MappingsImportedView {
  const unchanged = known.length;
  known = [KNOWN];
  return { taken: 1 - unchanged, unchanged, refused: [] };
}

export const exported = (path: string) => ({
  files: [{ file: path, sha256: '3f'.repeat(32), size: 412 }]
});
