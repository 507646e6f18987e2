import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** A text as it is made: the function of each language, and the one that chooses. */
const LANGUAGE =
  /^const (\w+) = \/\*\*.*?\*\/ \((i)?\) => \{\n\treturn \/\*\* @type \{LocalizedString\} \*\/ (\(`[^]*?`\))\n\};\n/gm;

/**
 * Nobody asks a text for another language than the window's: as one function each instead of three, 2,500 texts weigh a tenth
 * of the program less.
 */
const oneFunction: Plugin = {
  name: 'one-function',
  apply: 'build',
  transform(code, id) {
    if (!/paraglide\/messages\/(?!_index)\w+\.js$/.test(id)) return null;
    const texts = new Map<string, string>();
    const choice = code.replace(LANGUAGE, (_, name: string, _i, text: string) => {
      texts.set(name, text);
      return '';
    });
    const made = choice
      .replace('experimentalStaticLocale ?? options.locale ?? getLocale()', 'getLocale()')
      .replace(/\(inputs(?: = \{\})?, options = \{\}\)/, '(i)')
      .replace(/return (\w+)\(inputs\)/g, (whole, name: string) => `return ${texts.get(name) ?? whole}`)
      .replace(/\/\*[^]*?\*\//g, '');
    if (texts.size !== 2 || /\(inputs|\boptions( =|\.)/.test(made))
      this.error(`${id}: a text is made in another way`);
    return { code: made, map: null };
  }
};

/**
 * `vite build` makes the window that Tauri embeds; `--mode fake` (and the tests) answer every command in memory.
 * No asset is inlined as a data URI, so that the strict content policy needs no exception.
 */
export default defineConfig(({ mode }) => ({
  plugins: [svelte(), oneFunction],
  clearScreen: false,
  define: { __FAKE_BACKEND__: JSON.stringify(mode !== 'production') },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900
  },
  // The policy that the program sets, so that looking at the window in a browser shows what it would block.
  preview: {
    headers: {
      'Content-Security-Policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    }
  },
  // The manual and the licences lie beside this folder.
  server: { port: 1420, strictPort: true, fs: { allow: ['..'] } },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/shared/testing/setup.ts'],
    css: false,
    testTimeout: 20_000
  }
}));
