/**
 * The stable names (`data-testid`) by which a journey finds its way through the window. `<…>` stands for a code or number.
 *
 * | where     | names |
 * | --------- | ----- |
 * | vault     | `vault-dir` `vault-browse` `vault-passphrase` `vault-repeat` `vault-create` `vault-unlock` `vault-switch` `vault-other` |
 * | recovery  | `recovery-text` `recovery-written` `recovery-group-<n>` `recovery-confirm` |
 * | exams     | `exam-open-<id>` `exam-new` `exam-firm` `exam-case` `exam-asof` `exam-from` `exam-to` `exam-examiners` `exam-create` `editions-open` |
 * | frame     | `stage-<profile…outputs>` `counter-<stage>` `lock` `theme` `language` `palette-open` `palette-input` `saved-at` `exams-back` `examiner-open` `examiner-<n>` `awaited-open` `undo-hint` |
 * | profile   | `fact-<code>-yes` `fact-<code>-no` `fact-<code>-unknown` `fact-<code>-value` `fact-<code>-<choice>` `fact-<code>-basis` `system-add` `system-name-<n>` `system-<n>-<code>` `profile-save` `profile-discard` `count-applicable` `remark-fill-<n>` `change-group-<kept…otherwise>` `requests-open` `carry-open` |
 * | items     | `item-search` `item-filter` (scope) `item-count` `filter-open` `filter-<kind>-<value>` (kind: `applicability` `strength` `result` `flag` `topic`) `filter-close` `item-list` `item-<clause>` `item-head` `item-pane` (`data-clause`) `item-text` `relative-<clause>` |
 * | answer    | `result-<word>` `item-method` `item-mode` `item-note` `item-paper` `item-await` `item-await-text` `item-phrases` `phrase-search` `phrase-<n>` `phrase-keep` `phrase-drop` `item-finding` `answer-saved` `reason-first` `matrix` `cell-<unit>-<n>` (n: column from 0; the unit is empty where the clause is one duty) `answer-undo` `answer-advance` `notice` `keys-open` |
 * | item's tools | `item-source` `source-line-<n>` `item-copy` `copy-target-<clause>` `copy-apply` `item-override` `override-<word>` `override-profile` `override-reason` `override-apply` `bulk-open` `bulk-result-<word>` `bulk-note` `bulk-method` `bulk-only-open` `bulk-cells` `bulk-apply` |
 * | patterns  | `stage-patterns` `pattern-<code>` `pattern-pane` (`data-code`) `pattern-criterion-<clause>` `pattern-item` `pattern-test` `pattern-finding` |
 * | data      | `import-path` `import-add` `import-browse` `import-all` `import-run-<n>` `import-error-<n>` `import-file-<n>` `sheet-<n>-<m>` `map-column-<n>` `map-reading-<n>` `sheet-dataset` `sheet-origin` `sheet-declared` `import-cancel` `batch-<n>` `batch-<n>-rows` `batch-<n>-issues` `batch-<n>-undo` `undo-word` `undo-confirm` |
 * | rows      | `data-tab-<files…rows>` `data-none` `data-to-files` `data-set-<key>` `data-sheet-<id>` `data-grid` `data-row-<n>` `head-<column>` `filter-<column>` `grip-<column>` `data-count` `data-sorted` `data-find` `find-told` `find-back` `find-next` `find-only` `data-goto` `data-filter` `data-copy` `data-notice` `data-keys` `data-again` `data-empty` `filter-hidden` `chip-<n>` `chip-only` `chips-clear` `filter-column` `filter-test` `filter-from` `filter-to` `filter-apply` `value-<n>` `side-<row…column>` `side-close` `row-detail` (`data-row`) `show-source` `source-back` `profile` (`data-column`) `profile-<missing…unreadable>` `top-<n>` `histogram` `bin-<n>` `bin-word` |
 * | tests     | `run-all` `run-selected` `procedure-<id>` (`data-verdict`) `rule-filter` `exception-<id>` (`data-rule` `data-row` `data-file` `data-disposition`) `select-all` `dispose-<word>` `dispose-note` `make-finding` `param-edit-<key>` `param-<key>` `param-reason-<key>` `param-run-<key>` `source-row` |
 * | findings  | `finding-<no>` (`data-status`) `finding-new` `finding-pattern` `finding-title` `finding-condition` `finding-clauses` `finding-cite` `finding-criteria` `finding-cause` `finding-effect` `finding-severity` `finding-kind` `finding-category` `finding-recommendation` `finding-save-draft` `finding-save-final` `finding-withdraw` `withdraw-reason` `withdraw-confirm` |
 * | outputs   | `gate-<kind>` `papers-path` `papers-export` `report-path` `report-export` `export-draft` `papers-result` `report-result` `requests-path` `requests-due` `requests-templates` `requests-export` `requests-result` `sheet-<key>-path` `sheet-<key>-export` `sheet-<key>-result` |
 * | editions  | `edition-<document>` `package-path` `package-browse` `package-inspect` `package-error` `package-holds` `package-problems` `package-compared` `package-trust-name` `package-load` `packages-unfit` `package-done` `package-<sha8>` `package-<sha8>-remove` `signer-<key8>-distrust` `refused` `compare-from` `compare-to` `compare-run` `compare-error` `changes` `tally-<document>-<kind>` `change-<clause>` (`data-kind`) |
 * | carry     | `carry-exam` `carry-can` `carry-again` `carry-apply` `carry-done` `carry-look` `carry-error` |
 * | anywhere  | `error` (`data-code`) |
 */
export {};
