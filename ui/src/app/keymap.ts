/**
 * The keys of every screen, in one table: the window of keys (?) shows it, and the command palette offers what a single
 * key does. The screens themselves act on the keys; what the palette chooses is pressed.
 */
import { m } from '../i18n';
import { dispositionMark } from '../shared/marks';
import type { DataSide, Stage } from '../shared/state/desk.svelte';
import { DISPOSITION_KEYS } from '../features/procedures/keys';
import { SIDE_KEYS, SIDES, sideWord } from '../features/findings/sides';

/** Keys, apart by spaces, and what they do. */
export type KeyLine = [keys: string, word: string];
export type KeyGroup = [heading: string, lines: KeyLine[]];

/** Where somebody is: a stage, a side of the data, or outside of any exam. */
export type Place = Stage | 'rows' | 'exams';

export const placeOf = (stage: Stage, side: DataSide): Place =>
  stage === 'data' && side === 'rows' ? 'rows' : stage;

const step = (): KeyLine => ['J K ↓ ↑', m.key_next()];

const PLACES: Record<Place, () => KeyGroup[]> = {
  exams: () => [
    [
      m.exams_title(),
      [
        ['H', m.hq_title()],
        ['T', m.keys_cards()]
      ]
    ]
  ],
  dashboard: () => [
    [
      m.stage_dashboard(),
      [
        ['P', m.chart_pictures()],
        ['T', m.keys_table()]
      ]
    ]
  ],
  profile: () => [
    [m.keys_move(), [step()]],
    [
      m.keys_answer(),
      [
        ['Y', m.yes()],
        ['N', m.no()],
        ['U', m.unknown_word()],
        ['Ctrl+S', m.keys_save()]
      ]
    ]
  ],
  items: () => [
    [m.keys_move(), [step(), ['[ ] H L ← →', m.key_cells()], ['/', m.key_search()], ['Esc', m.key_leave()]]],
    [
      m.keys_answer(),
      [
        ['1–6', m.key_results()],
        ['N', m.key_note()],
        ['P', m.key_phrases()],
        ['M', m.key_method()],
        ['E', m.key_paper()],
        ['W', m.key_await()],
        ['F', m.key_finding()],
        ['U', m.undo_answer()],
        ['Shift+U', m.redo_answer()]
      ]
    ],
    [
      m.keys_more(),
      [
        ['G', m.key_source()],
        ['T', m.key_copy()],
        ['A', m.key_override()],
        ['D', m.key_pattern()],
        ['X', m.key_select()],
        ['Shift+J Shift+K', m.key_extend()],
        ['B', m.key_bulk()]
      ]
    ]
  ],
  patterns: () => [
    [m.keys_move(), [step()]],
    [
      m.keys_more(),
      [
        ['Enter', m.pattern_item()],
        ['F', m.pattern_finding()]
      ]
    ]
  ],
  data: () => [
    [m.keys_move(), [step(), ['N', m.keys_next_waiting()], ['/', m.keys_path()]]],
    [
      m.keys_more(),
      [
        ['Y', m.keys_accept()],
        ['M', m.keys_mapping()],
        ['Delete', m.keys_remove_file()],
        ['Ctrl+Enter', m.import_all()]
      ]
    ]
  ],
  rows: () => [
    [
      m.keys_move(),
      [
        ['↓ ↑ ← →', m.dkey_cell()],
        ['PgDn PgUp', m.dkey_page()],
        ['Home End', m.dkey_row_ends()],
        ['Ctrl+Home Ctrl+End', m.dkey_ends()],
        ['G', m.dkey_goto()],
        ['/', m.dkey_find()],
        ['N Shift+N', m.dkey_next()],
        ['[ ]', m.dkey_sets()]
      ]
    ],
    [
      m.dkeys_column(),
      [
        ['S', m.dkey_sort()],
        ['Shift+S', m.dkey_sort_add()],
        ['F', m.dkey_filter()],
        ['P', m.dkey_profile()],
        ['C', m.dkey_picture()],
        ['+ - 0', m.dkey_width()]
      ]
    ],
    [
      m.dkeys_rows(),
      [
        ['D', m.dkey_detail()],
        ['O', m.dkey_source()],
        ['B', m.dkey_back()],
        ['Shift+↓ Shift+↑', m.dkey_select()],
        ['Ctrl+A', m.dkey_all()],
        ['Ctrl+C', m.dkey_copy()],
        ['Esc', m.dkey_stop()]
      ]
    ]
  ],
  tests: () => [
    [
      m.keys_move(),
      [
        ['J K ↓ ↑', m.keys_rows_step()],
        ['Shift+J Shift+K', m.keys_rows_extend()],
        ['[ ]', m.keys_procedures()],
        ['{ }', m.keys_groups()],
        ['B', m.keys_group_list()]
      ]
    ],
    [
      m.keys_dispose(),
      [
        ...Object.entries(DISPOSITION_KEYS).map(([kind, key]): KeyLine => [
          key.toUpperCase(),
          dispositionMark(kind as keyof typeof DISPOSITION_KEYS).word
        ]),
        ['N', m.keys_note()],
        ['P', m.keys_proposal()],
        ['F', m.make_finding()]
      ]
    ],
    [
      m.keys_more(),
      [
        ['R', m.keys_reperform()],
        ['S', m.run_stop()],
        ['A', m.kinds_open()],
        ['D', m.sampling_title()],
        ['G', m.pictures_title()],
        ['W', m.own_window()],
        ['I', m.count_open()]
      ]
    ]
  ],
  count: () => [
    [
      m.count_title(),
      [
        ['Enter', m.keys_count_found()],
        ['Alt+N', m.keys_count_missing()],
        ['Alt+E', m.keys_count_differs()],
        ['+', m.keys_count_unlisted()],
        ['↓ ↑', m.key_next()],
        ['Esc', m.keys_count_clear()]
      ]
    ]
  ],
  findings: () => [
    [
      m.keys_move(),
      [
        ['J K', m.key_next()],
        ['N', m.finding_new()]
      ]
    ],
    [
      m.keys_beside(),
      [...SIDES.map((side): KeyLine => [SIDE_KEYS[side], sideWord(side)]), ['P', m.looks_finding()]]
    ],
    [
      m.keys_write(),
      [
        ['; Alt+;', m.key_phrases()],
        ['Ctrl+S', m.keys_save()],
        ['Ctrl+Enter', m.keys_next_step()]
      ]
    ]
  ],
  evidence: () => [
    [m.keys_move(), [step(), ['/', m.key_search()], ['G', m.keys_gallery()]]],
    [
      m.keys_more(),
      [
        ['A', m.evidence_add_new()],
        ['Enter', m.keys_enlarge()],
        ['PgDn PgUp', m.keys_pages()],
        ['+ -', m.keys_zoom()],
        ['R', m.keys_rotate()],
        ['Ctrl+S', m.keys_save()]
      ]
    ]
  ],
  review: () => [
    [m.keys_move(), [step(), ['X', m.keys_tick()]]],
    [
      m.keys_more(),
      [
        ['P', m.keys_sign_preparer()],
        ['R', m.keys_sign_reviewer()],
        ['N', m.keys_review_note()],
        ['O', m.keys_reopen()]
      ]
    ]
  ],
  outputs: () => [[m.keys_more(), [['T', m.templates_title()]]]],
  handover: () => [
    [
      m.handover_tab_give(),
      [
        ['1–3', m.keys_scope()],
        ['V', m.keys_evidence_in()],
        ['D', m.keys_deidentified()],
        ['G', m.keys_path()]
      ]
    ],
    [
      m.handover_tab_take(),
      [
        ['J K', m.key_next()],
        ['N', m.keys_next_conflict()],
        ['← →', m.keys_ours_theirs()],
        ['B', m.keys_both()],
        ['E', m.keys_own_text()],
        ['X', m.keys_undecide()],
        ['A', m.keys_all_alike()]
      ]
    ]
  ]
};

/** What holds everywhere; some of it only in an exam. */
export function everywhere(inExam: boolean): KeyGroup {
  const lines: KeyLine[] = [['Ctrl+K', m.palette_open()]];
  if (inExam) {
    lines.push(
      ['Alt+0…8', m.keys_stages()],
      ['Alt+P', m.stage_patterns()],
      ['Alt+C', m.stage_count()],
      ['Alt+H', m.stage_handover()],
      ['Alt+M', m.keys_mine()],
      ['Ctrl+Z', m.undo_answer()],
      ['Ctrl+Y', m.redo_answer()]
    );
  }
  lines.push(['Alt+J', m.jobs_title()], ['Ctrl+L', m.lock()], ['?', m.key_keys()], ['Esc', m.keys_escape()]);
  return [m.keys_everywhere(), lines];
}

export const keysOf = (place: Place): KeyGroup[] => PLACES[place]();

/** The name of a key in an event where it differs from what is shown. */
const NAMES: Record<string, string> = { Enter: 'Enter', Delete: 'Delete' };

/** The key that a line stands for when it is one alone, without another held; `null` for pairs and ranges. */
export function single(keys: string): string | null {
  if (/^[A-Z]$/.test(keys)) return keys.toLowerCase();
  return keys === '/' ? keys : (NAMES[keys] ?? null);
}

/** Alt+J, wherever the focus is. */
export const jobsKey = (event: KeyboardEvent): boolean =>
  event.altKey && !event.ctrlKey && !event.metaKey && event.code === 'KeyJ';

/** Presses a key on the screen in sight, wherever the focus is; there it stays, so that a window gives it back. */
export function press(key: string): void {
  window.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
}
