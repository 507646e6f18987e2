import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** Runes everywhere. */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true }
};
