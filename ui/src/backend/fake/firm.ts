/** The invented firm 甲乙綜合證券股份有限公司 and the datasets that its files may be. */
import type { DatasetView } from '../bindings';

export const FIRM = '甲乙綜合證券股份有限公司';

const dataset = (key: string, zh: string, columns: string): DatasetView => ({
  key,
  zh,
  columns: columns.split(' ').map((column) => {
    const [name = '', word = ''] = column.split(':');
    const key = name.replace('*', '');
    const kind = /_date$/.test(key) ? 'date' : /_at$|_login$/.test(key) ? 'datetime' : 'text';
    return { key, zh: word, required: name.endsWith('*'), kind };
  })
});

export const DATASETS: DatasetView[] = [
  dataset(
    'accounts',
    '帳號清冊',
    'system_name*:系統名稱 account*:帳號 holder_name*:使用者姓名 unit:所屬單位 kind:帳號類型 privilege:權限等級 status*:狀態 created_at:建立日期 pw_changed_at:密碼最後變更日 last_login:最後登入時間 vendor_name:廠商名稱'
  ),
  dataset(
    'personnel',
    '人員名冊',
    'employee_id*:員工編號 name*:姓名 unit*:部門 hire_date:到職日 leave_date:離職日'
  ),
  dataset(
    'vendor_contracts',
    '委外廠商及契約清冊',
    'vendor_name*:廠商名稱 contract_no:契約編號 start_date*:契約起日 end_date*:契約迄日'
  ),
  dataset(
    'orders',
    '委託紀錄',
    'trade_date*:交易日期 order_no*:委託書編號 account*:客戶帳號 received_at*:接收客戶委託時間 sent_at:送交易所時間'
  ),
  dataset('assets', '資訊資產/設備清冊', 'name*:設備名稱 owner*:擁有者 serial:序號 rack:機櫃位置 u_pos:U位')
];
