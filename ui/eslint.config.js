import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const FEATURES = [
  'vault',
  'exams',
  'contacts',
  'assignments',
  'headquarters',
  'settings',
  'editions',
  'dashboard',
  'profile',
  'checklist',
  'patterns',
  'intake',
  'data',
  'procedures',
  'pictures',
  'count',
  'findings',
  'evidence',
  'review',
  'outputs',
  'templates',
  'handover',
  'manual'
];

/** The rooms: shared knows no feature, a feature knows no other, only the backend knows the host. */
const zones = [
  ...FEATURES.map((feature) => ({
    target: `./src/features/${feature}`,
    from: './src/features',
    except: [`./${feature}`]
  })),
  { target: './src/features', from: './src/app' },
  { target: './src/shared', from: ['./src/features', './src/app'] },
  {
    target: ['./src/backend', './src/i18n', './src/theme'],
    from: ['./src/features', './src/app', './src/shared']
  },
  {
    target: ['./src/features', './src/shared', './src/app'],
    from: './src/backend',
    except: ['./index.ts', './fake']
  }
];

export default ts.config(
  { ignores: ['dist/', 'dist-fake/', 'src/i18n/paraglide/', 'src/backend/bindings.ts', 'project.inlang/'] },
  ...ts.configs.recommended,
  ...svelte.configs['flat/recommended'],
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })],
      'import-x/extensions': ['.ts', '.svelte'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'], 'svelte-eslint-parser': ['.svelte'] }
    },
    languageOptions: {
      globals: globals.browser,
      // Also read by the import rules when a file of the other kind is followed.
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] }
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'no-restricted-imports': ['error', { patterns: ['@tauri-apps/*'] }],
      'no-console': 'error',
      'no-eval': 'error',
      'max-lines': ['error', 350],
      '@typescript-eslint/consistent-type-imports': 'error',
      'svelte/no-inline-styles': ['error', { allowTransitions: false }],
      'svelte/no-at-html-tags': 'error',
      // The lists of a screen are rebuilt, never mutated in place, so plain sets and maps are right.
      'svelte/prefer-svelte-reactivity': 'off'
    }
  },
  { files: ['src/backend/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['src/**/*.test.ts', 'src/shared/testing/**'], rules: { 'import-x/no-restricted-paths': 'off' } }
);
