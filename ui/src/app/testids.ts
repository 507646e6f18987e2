/**
 * The stable names (`data-testid`) by which a journey finds its way through the window. `<…>` stands for a code or number.
 *
 * | where     | names |
 * | --------- | ----- |
 * | vault     | `vault-dir` `vault-browse` `vault-passphrase` `vault-repeat` `vault-create` `vault-unlock` `vault-switch` `vault-other` |
 * | recovery  | `recovery-text` `recovery-written` `recovery-group-<n>` `recovery-confirm` |
 * | exams     | `exam-open-<id>` `exam-new` `exam-firm` `exam-case` `exam-asof` `exam-from` `exam-to` `exam-examiners` `exam-create` |
 * | frame     | `stage-<profile…outputs>` `counter-<stage>` `lock` `theme` `language` `palette-open` `palette-input` `saved-at` `exams-back` |
 * | profile   | `fact-<code>-yes` `fact-<code>-no` `fact-<code>-unknown` `fact-<code>-value` `fact-<code>-<choice>` `fact-<code>-basis` `system-add` `system-name-<n>` `system-<n>-<code>` `profile-save` `profile-discard` `count-applicable` |
 * | items     | `item-search` `item-filter` `item-list` `item-<clause>` `item-pane` (`data-clause`) `item-text` `result-<word>` `item-method` `item-note` `item-paper` `item-finding` |
 * | data      | `import-path` `import-add` `import-browse` `import-all` `import-run-<n>` `import-error-<n>` `import-file-<n>` `sheet-<n>-<m>` `map-column-<n>` `map-reading-<n>` `sheet-dataset` `sheet-origin` `sheet-declared` `import-cancel` `batch-<n>` `batch-<n>-rows` `batch-<n>-issues` `batch-<n>-undo` `undo-word` `undo-confirm` |
 * | tests     | `run-all` `run-selected` `procedure-<id>` (`data-verdict`) `rule-filter` `exception-<id>` (`data-rule` `data-row` `data-file` `data-disposition`) `select-all` `dispose-<word>` `dispose-note` `make-finding` `param-edit-<key>` `param-<key>` `param-reason-<key>` `param-run-<key>` `source-row` |
 * | findings  | `finding-<no>` (`data-status`) `finding-new` `finding-title` `finding-condition` `finding-clauses` `finding-cite` `finding-criteria` `finding-cause` `finding-effect` `finding-severity` `finding-kind` `finding-category` `finding-recommendation` `finding-save-draft` `finding-save-final` `finding-withdraw` `withdraw-reason` `withdraw-confirm` |
 * | outputs   | `gate-<kind>` `papers-path` `papers-export` `report-path` `report-export` `export-draft` `papers-result` `report-result` |
 * | anywhere  | `error` (`data-code`) |
 */
export {};
