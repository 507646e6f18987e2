/** What two examiners of the invented firm wrote without knowing of one another. */
import type { ConflictView, HeldView } from '../bindings';

const ours = (value: string | null, time: string): HeldView => ({
  value,
  by: '查核人員甲',
  at: `2026-03-02T${time}:00`
});
const theirs = (value: string | null, time: string): HeldView => ({
  value,
  by: '查核人員乙',
  at: `2026-03-02T${time}:00`
});

export const CONFLICTS: ConflictView[] = [
  {
    id: 'k1',
    kind: 'answers',
    what: 'COL-D4.2　防火牆進出紀錄保存',
    field: '查核結果',
    ours: ours('部分符合', '10:12'),
    theirs: theirs('不符合', '11:40'),
    ancestor: '未查核',
    text: false
  },
  {
    id: 'k2',
    kind: 'answers',
    what: 'COL-D4.2　防火牆進出紀錄保存',
    field: '說明',
    ours: ours(
      '經檢視 fw-colo-01 之紀錄，自 109.03.15 起均有留存並備份至異地；109.01.01 至 109.03.14 因設備更換未能提供，受查單位說明原廠已無法還原。',
      '10:14'
    ),
    theirs: theirs(
      '經檢視 fw-colo-01 及 fw-colo-02 之紀錄，fw-colo-01 自 109.03.15 起有留存並備份；fw-colo-02 僅保存兩個月，未達三年，受查單位說明係設定疏漏，已於 115.03.02 修正。',
      '11:43'
    ),
    ancestor: '',
    text: true
  },
  {
    id: 'k3',
    kind: 'answers',
    what: 'BSL-6.7　密碼最長使用期限',
    field: '底稿編號',
    ours: ours('C-BSL-06', '09:31'),
    theirs: theirs('C-BSL-07', '09:58'),
    ancestor: null,
    text: false
  },
  {
    id: 'k4',
    kind: 'facts',
    what: '概況　提供網際網路下單',
    field: '依據',
    ours: ours('115.03.02 進場會議紀錄', '09:05'),
    theirs: theirs('受查單位 115.02.26 函復之系統清冊', '09:20'),
    ancestor: '',
    text: true
  },
  {
    id: 'k5',
    kind: 'findings',
    what: '115-證-0012-F02　特權帳號多人共用',
    field: '嚴重程度',
    ours: ours('中', '14:22'),
    theirs: theirs('高', '15:02'),
    ancestor: '中',
    text: false
  },
  {
    id: 'k6',
    kind: 'findings',
    what: '115-證-0012-F05　密碼長度設定不足',
    field: '',
    ours: ours('改善建議改為「應於一個月內調整設定」', '16:31'),
    theirs: theirs(null, '16:20'),
    ancestor: null,
    text: false
  },
  {
    id: 'k7',
    kind: 'evidence',
    what: 'E-003　防火牆規則匯出.pdf',
    field: '來源／提供人',
    ours: ours('資訊部 李經理', '13:10'),
    theirs: theirs('資訊部 李經理（陳副理陪同）', '13:25'),
    ancestor: '資訊部',
    text: true
  }
];
