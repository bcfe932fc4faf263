import { type } from 'arktype'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { CrontifyDefinitionError, isCrontifyError } from '../errors.ts'
import { defineMonitor } from './define-monitor.ts'

it.each([
  ['zod', z.object({ records_processed: z.number(), errors_encountered: z.number() })],
  ['valibot', v.object({ records_processed: v.number(), errors_encountered: v.number() })],
  ['arktype', type({ records_processed: 'number', errors_encountered: 'number' })],
])('makes plain data of a definition with a schema of %s', (_name, schema) => {
  const definition = defineMonitor({
    id: 'user-sync',
    schedule: '0 3 * * *',
    meta: schema,
    rules: (meta) => [meta.records_processed.eq(0), meta.errors_encountered.gt(0)],
    tier: 2,
  })

  expect(definition).toStrictEqual({
    id: 'user-sync',
    schedule: '0 3 * * *',
    tier: 2,
    rules: [
      { field: 'records_processed', operator: 'eq', threshold: 0 },
      { field: 'errors_encountered', operator: 'gt', threshold: 0 },
    ],
  })
  expect(JSON.parse(JSON.stringify(definition))).toStrictEqual(definition)
})

it('gives a rule builder for each operator of the service', () => {
  const definition = defineMonitor({
    id: 'user-sync',
    meta: z.object({ rows: z.number() }),
    rules: ({ rows }) => [rows.lt(1), rows.gt(2), rows.eq(3), rows.ne(4)],
  })

  expect(definition.rules?.map(({ operator, threshold }) => `${operator} ${threshold}`)).toEqual([
    'lt 1',
    'gt 2',
    'eq 3',
    'ne 4',
  ])
})

it('takes rules that are plain data', () => {
  const rules = [{ field: 'rows', operator: 'eq', threshold: 0 }] as const

  expect(defineMonitor({ id: 'user-sync', rules }).rules).toEqual(rules)
})

it('leaves out what is undefined, so that nothing is lost on the way through JSON', () => {
  const definition = defineMonitor({ id: 'user-sync', ...({ schedule: undefined } as object) })

  expect(Object.keys(definition)).toEqual(['id'])
})

it('hands out data that nobody can change, and keeps none of the lists that it was given', () => {
  const tags = ['billing']
  const definition = defineMonitor({ id: 'user-sync', tags, rules: [] })

  tags.push('other')

  expect(definition.tags).toEqual(['billing'])
  expect(Object.isFrozen(definition.rules)).toBe(true)
  expect(() => Object.assign(definition, { id: 'x' })).toThrow(TypeError)
})

const rule = { field: 'rows', operator: 'eq', threshold: 0 }

it.each<[string, object, RegExp]>([
  ['no id', {}, /"?id"?/],
  ['an id that cannot stand in a path', { id: '../admin' }, /id/],
  ['a misspelt field', { id: 'user-sync', schedul: '* * * * *' }, /schedul/],
  ['a negative grace period', { id: 'user-sync', graceSeconds: -1 }, /graceSeconds/],
  ['a time zone that there is not', { id: 'user-sync', timezone: 'Mars/Olympus' }, /timezone/],
  ['a sixth rule', { id: 'user-sync', rules: Array.from({ length: 6 }, () => rule) }, /5/],
  [
    'a field name that no rule can have',
    { id: 'user-sync', rules: [{ ...rule, field: 'rows-read' }] },
    /rule/,
  ],
  ['an operator that there is not', { id: 'user-sync', rules: [{ ...rule, operator: 'gte' }] }, /lt, gt, eq/],
  ['a threshold that is no number', { id: 'user-sync', rules: [{ ...rule, threshold: '0' }] }, /threshold/],
  ['a schema that is none', { id: 'user-sync', meta: { rows: 'number' } }, /"meta" is not a schema/],
  [
    'an operator that no builder has',
    {
      id: 'user-sync',
      rules: (meta: Record<string, { gte: (n: number) => never }>) => [meta['rows']?.gte(1)],
    },
    /"rules" threw ".*gte is not a function.*lt, gt, eq, ne/,
  ],
])('throws where a definition stands that has %s', (_name, definition, text) => {
  const define = (): unknown => defineMonitor(definition as never)

  expect(define).toThrow(CrontifyDefinitionError)
  expect(define).toThrow(text)
})

it.each([undefined, null, 'user-sync', ['user-sync']])('says what it takes when it gets %j', (given) => {
  expect(() => defineMonitor(given as never)).toThrow('defineMonitor takes one object')
})

it('throws an error with a code that programs can read', () => {
  let thrown: unknown
  try {
    defineMonitor({ id: '' })
  } catch (error) {
    thrown = error
  }

  expect(isCrontifyError(thrown) && thrown.code).toBe('ERR_DEFINITION')
})
