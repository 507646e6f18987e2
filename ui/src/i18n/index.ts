/** Every text of the window. */
export { m } from './paraglide/messages.js';
export { locale } from './locale.svelte';
