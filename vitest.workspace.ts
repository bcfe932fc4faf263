import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Tests run on source: each package names its source under this condition, before its built files. Not `import`, which Vite adds
// by itself: Vitest hands these on to Node, where a `require` would then be given modules.
const conditions = ['@crontify/source', 'node']
const seeded =
  process.env.PROPERTY_SEED === 'random' ? [] : ['./packages/workspace-checks/src/property-seed.ts']
const source = { resolve: { conditions }, ssr: { resolve: { conditions, externalConditions: conditions } } }

/** `expect.poll` gives up after one second by default, which a page does not always load in on a busy machine. */
const patient = { expect: { poll: { timeout: 30_000 } } }

/** Vitest 4 reads this file only when it is named: `vitest --config vitest.workspace.ts`. */
export default defineConfig({
  ...source,
  test: {
    // Vitest leaves a core free, of two too; many tests here wait for another process, so two files share a core well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: [
      'default',
      [
        './packages/workspace-checks/src/closing-line-reporter.ts',
        { failOnSkipped: process.env.CI === 'true' },
      ],
    ],
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'examples/*/src/**/*.test.ts'],
          setupFiles: seeded,
          // No test waits for time; this is for a machine that is busy with other things.
          testTimeout: 30_000,
        },
      },
      {
        ...source,
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            include: ['packages/*/src/**/*.test-d.ts'],
            tsconfig: '.config/tsconfig.types.json',
          },
        },
      },
      {
        ...source,
        test: {
          name: 'integration',
          ...patient,
          include: ['packages/*/test/**/*.test.ts', 'examples/*/test/**/*.test.ts'],
          exclude: ['{packages,examples}/*/test/{e2e,browser,alone}/**'],
          setupFiles: seeded,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'browser',
          ...patient,
          include: ['packages/*/test/browser/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          // What compares times wants the machine for itself: this group begins when all others have ended.
          name: 'alone',
          ...patient,
          include: ['packages/*/test/alone/**/*.test.ts'],
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          ...patient,
          include: ['packages/*/test/e2e/**/*.test.ts', 'examples/*/test/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
