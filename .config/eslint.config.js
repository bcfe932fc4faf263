import tseslint from 'typescript-eslint'

/** Files that touch the machine on purpose; each is named, so that a new one is seen in review. */
const EDGES = [
  // Tests that adapters share, and the real servers for them.
  'packages/adapter-conformance/src/**',
  // Measures the real machine, and nothing else.
  'packages/benchmarks/src/**',
  'packages/*/src/system-clock.ts',
  'packages/cli/src/system-world.ts',
  'packages/mock-server/src/channels/post-json.ts',
  'packages/aws-lambda/src/system-timer.ts',
  'packages/sdk/src/process-exit/deliver-at-exit.ts',
  'packages/sdk/src/http/fetch-transport.ts',
  'packages/sdk/src/disk/node-spool-files.ts',
  'packages/sdk/src/node-module.ts',
  'packages/sdk/src/system-surroundings.ts',
  'packages/web/src/platform.ts',
  'packages/sdk/src/disk/journal/system-process-table.ts',
  'packages/sdk/src/disk/system-spool-surroundings.ts',
]

const seams = {
  'no-restricted-globals': [
    'error',
    ...['setTimeout', 'setInterval', 'setImmediate'].map((name) => ({
      name,
      message: 'Take a clock as an argument.',
    })),
    { name: 'fetch', message: 'Take a transport as an argument.' },
    { name: 'crypto', message: 'Take newId as an argument.' },
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: 'Take a clock as an argument.' },
    { object: 'performance', property: 'now', message: 'Take a clock as an argument.' },
    { object: 'Math', property: 'random', message: 'Take random as an argument.' },
    { object: 'process', property: 'env', message: 'Take the environment as an argument.' },
  ],
  'no-restricted-syntax': [
    'error',
    {
      selector: "NewExpression[callee.name='Date'][arguments.length=0]",
      message: 'Take a clock as an argument.',
    },
    { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
    { selector: 'ExportAllDeclaration', message: 'List what is exported.' },
    { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
  ],
}

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      'api/**',
      '**/coverage/**',
      '**/.next/**',
      '**/next-env.d.ts',
      'packages/workspace-checks/test/seed/blocks/**',
    ],
  },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mts', '**/*.js', '**/*.mjs'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      'max-lines': ['error', { max: 400 }],
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
    },
  },
  {
    files: ['packages/sdk/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.test-d.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 80 }] },
  },
  { files: ['packages/*/src/**/*.ts'], ignores: ['**/*.test.ts', '**/*.test-d.ts', ...EDGES], rules: seams },
  {
    files: ['**/*.test.ts', '**/*.test-d.ts', 'packages/*/test/**', 'examples/**'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      // Modules of Nest.
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
)
