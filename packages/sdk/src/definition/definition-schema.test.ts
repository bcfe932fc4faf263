import { type } from 'arktype'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { defineMonitor } from './define-monitor.ts'
import { metaIssues } from './definition-schema.ts'
import type { StandardSchema } from './standard-schema.ts'

const schemas = [
  ['zod', z.object({ rows: z.number().min(0), files: z.optional(z.number()) })],
  ['valibot', v.object({ rows: v.pipe(v.number(), v.minValue(0)), files: v.optional(v.number()) })],
  ['arktype', type({ rows: 'number >= 0', 'files?': 'number' })],
] as const

it.each(schemas)('finds nothing wrong with metadata that fit a schema of %s', (_name, meta) => {
  const definition = defineMonitor({ id: 'user-sync', meta: meta as StandardSchema<{ rows: number }> })

  expect(metaIssues(definition, { rows: 0 })).toEqual([])
})

it.each(schemas)('names the field that is missing or refused by a schema of %s', (_name, meta) => {
  const definition = defineMonitor({ id: 'user-sync', meta: meta as StandardSchema<{ rows: number }> })

  expect(metaIssues(definition, { files: 1 }).map(({ field }) => field)).toEqual(['rows'])
  expect(metaIssues(definition, { rows: -1 }).map(({ field }) => field)).toEqual(['rows'])
})

const schemaThat = (validate: (value: unknown) => unknown): StandardSchema<{ rows: number }> => ({
  '~standard': { version: 1, vendor: 'test', validate: validate as never },
})

it.each<[string, (value: unknown) => unknown]>([
  [
    'throws',
    () => {
      throw new Error('x')
    },
  ],
  ['answers later', async () => ({ issues: [{ message: 'x' }] })],
  ['fails later', () => Promise.reject(new Error('x'))],
  ['answers with nothing', () => undefined],
  ['answers with nonsense', () => ({ issues: 7 })],
])('has nothing to say with a schema that %s', (_name, validate) => {
  const definition = defineMonitor({ id: 'user-sync', meta: schemaThat(validate) })

  expect(metaIssues(definition, { rows: 1 })).toEqual([])
})

it('does not let a schema change the metadata', () => {
  const meta = { rows: 1 }
  const definition = defineMonitor({
    id: 'user-sync',
    meta: schemaThat((value) => Object.assign(value as object, { rows: 2, value })),
  })

  metaIssues(definition, meta)

  expect(meta).toEqual({ rows: 1 })
})

it('knows nothing of a definition that is a copy', () => {
  const definition = defineMonitor({ id: 'user-sync', meta: z.object({ rows: z.number() }) })

  expect(metaIssues({ ...definition }, {})).toEqual([])
})
