/** Whether the figures are shown as tables instead of pictures; it stays so while the program runs. */
export const shown = $state({ table: false });
