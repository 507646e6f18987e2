/** What the examiner prefers on this screen. Kept in memory only. */
export const prefs = $state({
  /** Answering moves on to what is asked next. */
  advance: false
});
