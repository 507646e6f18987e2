/** The command palette: whether it is open, and what it offers. */
import { practice } from '../features/exams/practice.svelte';
import { help } from '../features/manual/help.svelte';
import { locale, m } from '../i18n';
import { desk, STAGES } from '../shared/state/desk.svelte';
import { keysOf, placeOf, press, single } from './keymap';
import { mine } from '../shared/state/mine.svelte';
import { theme } from '../theme/theme.svelte';
import { STAGE_WORDS } from './stages';

export const palette = $state({ open: false });

export interface Entry {
  id: string;
  group: string;
  word: string;
  /** What is searched besides the word. */
  also: string;
  /** The key that does the same. */
  keys?: string;
  run: () => void;
}

function always(): Entry[] {
  const group = m.palette_commands();
  return [
    {
      id: 'headquarters',
      group,
      word: m.hq_title(),
      also: 'headquarters compare firms clauses repeat overdue parquet 總部 比較 趨勢 逾期',
      run: () => void desk.toHeadquarters()
    },
    {
      id: 'editions',
      group,
      word: m.editions_title(),
      also: 'editions package compare signer 套件 比較 簽章',
      run: () => (desk.floating = 'editions')
    },
    {
      id: 'backups',
      group,
      word: m.backups_title(),
      also: 'backup restore generation 備份 還原',
      run: () => (desk.floating = 'backups')
    },
    {
      id: 'settings',
      group,
      word: m.settings_title(),
      also: 'settings organisation severity categories mask 機構 嚴重程度 類別 遮蔽',
      run: () => (desk.floating = 'settings')
    },
    {
      id: 'keys',
      group,
      word: m.keyring_title(),
      also: 'keys passphrase recovery escrow keystore 通行碼 復原金鑰 託管',
      run: () => (desk.floating = 'keys')
    },
    {
      id: 'contacts',
      group,
      word: m.contacts_title(),
      also: 'contacts card fingerprint key verify 名片 指紋 核對',
      run: () => (desk.floating = 'contacts')
    },
    {
      id: 'trail',
      group,
      word: m.trail_title(),
      also: 'trail journal log checkpoint verify 操作紀錄 日誌 檢查點 驗證',
      run: () => (desk.floating = 'trail')
    },
    {
      id: 'take-in',
      group,
      word: m.take_title(),
      also: 'take in merge package handover 合併 收件',
      run: () => {
        if (desk.exam) desk.go('handover', { kind: 'handover', tab: 'take' });
        else desk.floating = 'take-in';
      }
    },
    {
      id: 'help',
      group,
      word: m.help_title(),
      also: 'help manual F1 說明 手冊 怎麼 鍵盤',
      keys: 'F1',
      run: () => help.open()
    },
    {
      id: 'whats-new',
      group,
      word: m.help_news(),
      also: 'news changes version 更新 版本',
      run: () => help.open('whats-new')
    },
    {
      id: 'about',
      group,
      word: m.help_about(),
      also: 'about licence version 授權 版本 關於',
      run: () => help.open('about')
    },
    {
      id: 'practice',
      group,
      word: m.practice_make(),
      also: 'practice sample demo first steps 範例 練習 開始 三步驟',
      run: () => void practice.make()
    },
    {
      id: 'jobs',
      group,
      word: m.jobs_title(),
      also: 'jobs progress running cancel time left 進度 取消 進行中 剩餘時間',
      keys: 'Alt+J',
      run: () => (desk.jobs.open = true)
    },
    {
      id: 'shortcuts',
      group,
      word: m.keys_title(),
      also: 'keys shortcuts help 快捷鍵',
      keys: '?',
      run: () => (desk.floating = 'shortcuts')
    },
    { id: 'lock', group, word: m.lock(), also: 'lock', keys: 'Ctrl+L', run: () => void desk.lock() },
    {
      id: 'language',
      group,
      word: m.language_other(),
      also: 'language english 中文',
      run: () => locale.toggle()
    },
    {
      id: 'theme',
      group,
      word: theme.current === 'dark' ? m.theme_light() : m.theme_dark(),
      also: 'theme dark light',
      run: () => theme.toggle()
    },
    {
      id: 'contrast',
      group,
      word: theme.contrast ? m.contrast_usual() : m.contrast_more(),
      also: 'theme contrast 高對比 對比',
      run: () => theme.toggleContrast()
    }
  ];
}

function inExam(): Entry[] {
  if (!desk.exam) return [];
  const stages = [...STAGES, 'patterns' as const, 'handover' as const].map((stage, n) => ({
    id: `stage-${stage}`,
    group: m.stages(),
    word: STAGE_WORDS[stage](),
    also: stage,
    keys: n < STAGES.length ? `Alt+${n}` : stage === 'patterns' ? 'Alt+P' : 'Alt+H',
    run: () => desk.go(stage)
  }));
  const group = m.palette_commands();
  return [
    ...stages,
    {
      id: 'run-all',
      group,
      word: m.run_all(),
      also: 'run',
      run: () => desk.go('tests', { kind: 'run-all' })
    },
    {
      id: 'kinds',
      group,
      word: m.kinds_open(),
      also: 'accounts kind correct 更正',
      run: () => desk.go('tests', { kind: 'derived', dataset: 'accounts', column: 'kind' })
    },
    {
      id: 'sampling',
      group,
      word: m.sampling_title(),
      also: 'sampling sample draw T-SMP-01 樣本 抽查',
      run: () => desk.go('tests', { kind: 'sampling' })
    },
    {
      id: 'own',
      group,
      word: m.own_window(),
      also: 'own procedure write sql 撰寫 查詢',
      run: () => desk.go('tests', { kind: 'own' })
    },
    {
      id: 'pictures',
      group,
      word: m.pictures_title(),
      also: 'chart picture ageing strata benford 帳齡 分層 班佛',
      run: () => (desk.picture = { dataset: '', column: '', procedure: '' })
    },
    {
      id: 'count',
      group,
      word: m.count_title(),
      also: 'count equipment rack serial colo 設備 機櫃 序號 實地',
      keys: 'Alt+C',
      run: () => desk.go('count')
    },
    {
      id: 'rows',
      group,
      word: m.data_tab_rows(),
      also: 'rows data grid find filter 列',
      run: () => desk.go('data', { kind: 'rows', dataset: '' })
    },
    {
      id: 'assignments',
      group,
      word: m.assignments_title(),
      also: 'assignments division who team 分派 誰做了什麼',
      run: () => (desk.floating = 'assignments')
    },
    {
      id: 'mine',
      group,
      word: mine.on ? m.mine_show_all() : m.mine_show_own(),
      also: 'mine all filter 我的 全部',
      keys: 'Alt+M',
      run: () => void mine.toggle()
    },
    {
      id: 'requests',
      group,
      word: m.requests_title(),
      also: 'request list templates 空白表',
      run: () => (desk.floating = 'requests')
    },
    {
      id: 'templates',
      group,
      word: m.templates_title(),
      also: 'template placeholder fill xlsx docx ods 填入 欄位',
      run: () => (desk.floating = 'templates')
    },
    {
      id: 'carry',
      group,
      word: m.carry_title(),
      also: 'carry answers previous exam',
      run: () => (desk.floating = 'carry')
    },
    {
      id: 'awaited',
      group,
      word: m.awaited_what(),
      also: 'awaited missing data',
      run: () => desk.go('items', { kind: 'filter', flag: 'awaited' })
    },
    {
      id: 'hand-over',
      group,
      word: m.handover_tab_give(),
      also: 'hand over package recipient 交接 交出查核案',
      run: () => desk.go('handover', { kind: 'handover', tab: 'give' })
    },
    {
      id: 'merges',
      group,
      word: m.handover_tab_merges(),
      also: 'merges undo 合併 復原',
      run: () => desk.go('handover', { kind: 'handover', tab: 'merges' })
    },
    { id: 'export', group, word: m.outputs_title(), also: 'export pdf xlsx', run: () => desk.go('outputs') },
    { id: 'exams', group, word: m.exams_back(), also: 'exams', run: () => void desk.closeExam() }
  ];
}

/** What single keys do on the screen in sight. */
function ofScreen(): Entry[] {
  if (!desk.exam) return [];
  const group = STAGE_WORDS[desk.stage]();
  const lines = keysOf(placeOf(desk.stage, desk.dataSide)).flatMap(([, some]) => some);
  return lines.flatMap(([keys, word]): Entry[] => {
    const key = single(keys);
    return key ? [{ id: `key-${key}`, group, word, also: '', keys, run: () => press(key) }] : [];
  });
}

/** Taking back and bringing back, where there is something. */
function steps(): Entry[] {
  const { turning } = desk;
  const both = [
    { id: 'undo', what: turning?.undo, word: m.undo_hint, keys: 'Ctrl+Z', back: true },
    { id: 'redo', what: turning?.redo, word: m.redo_hint, keys: 'Ctrl+Y', back: false }
  ];
  return both.flatMap(({ id, what, word, keys, back }): Entry[] =>
    what
      ? [
          {
            id,
            group: m.palette_commands(),
            word: word({ what }),
            also: 'undo redo',
            keys,
            run: () => void turning?.turn(back)
          }
        ]
      : []
  );
}

function examiners(): Entry[] {
  const { examiners = [], current_examiner } = desk.exam ?? {};
  return examiners
    .filter((name) => name !== current_examiner)
    .map((name) => ({
      id: `examiner-${name}`,
      group: m.palette_commands(),
      word: m.examiner_as({ name }),
      also: 'examiner',
      run: () => void desk.workAs(name)
    }));
}

/** What can be done from here, without asking. */
export const commands = (): Entry[] => [...steps(), ...ofScreen(), ...inExam(), ...always(), ...examiners()];
