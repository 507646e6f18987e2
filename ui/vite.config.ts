import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/**
 * `vite build` makes the window that Tauri embeds; `--mode fake` (and the tests) answer every command in memory.
 * No asset is inlined as a data URI, so that the strict content policy needs no exception.
 */
export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
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
