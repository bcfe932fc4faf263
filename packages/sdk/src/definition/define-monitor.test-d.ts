import type { MonitorDefinition } from '@crontify/protocol'
import { type } from 'arktype'
import * as v from 'valibot'
import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { defineMonitor, explainRules, type DefinedMonitor, type RuleExplanation } from '../index.ts'

const meta = z.object({ records_processed: z.number(), errors_encountered: z.number().optional() })

test('a definition carries the fields of its schema, and is plain data', () => {
  const ofZod = defineMonitor({ id: 'user-sync', meta })
  const ofValibot = defineMonitor({ id: 'user-sync', meta: v.object({ rows: v.number() }) })
  const ofArktype = defineMonitor({ id: 'user-sync', meta: type({ rows: 'number', 'files?': 'number' }) })

  expectTypeOf(ofZod).toExtend<
    DefinedMonitor<{ records_processed: number; errors_encountered?: number | undefined }>
  >()
  expectTypeOf(ofValibot).toExtend<DefinedMonitor<{ rows: number }>>()
  expectTypeOf(ofArktype).toExtend<DefinedMonitor<{ rows: number; files?: number }>>()
  expectTypeOf(ofZod).toExtend<MonitorDefinition>()
})

test('rules have the fields of the schema, and duration_ms', () => {
  defineMonitor({
    id: 'user-sync',
    meta,
    rules: (fields) => [
      fields.records_processed.eq(0),
      fields.errors_encountered.gt(0),
      fields.duration_ms.gt(2_700_000),
    ],
  })
})

test('a typo in the field of a rule does not compile', () => {
  defineMonitor({
    id: 'user-sync',
    meta,
    // @ts-expect-error the field is called records_processed
    rules: (fields) => [fields.records_procesed.eq(0)],
  })
})

test('a wrong operator or threshold does not compile', () => {
  defineMonitor({
    id: 'user-sync',
    meta,
    // @ts-expect-error there is no "at least"
    rules: (fields) => [fields.records_processed.gte(1)],
  })
  // @ts-expect-error a threshold is a number
  defineMonitor({ id: 'user-sync', meta, rules: (fields) => [fields.records_processed.eq('0')] })
})

test('a sixth rule does not compile, where the rules are written one by one', () => {
  defineMonitor({
    id: 'user-sync',
    meta,
    rules: ({ records_processed: r }) => [r.eq(0), r.lt(1), r.gt(2), r.ne(3), r.eq(4)],
  })
  defineMonitor({
    id: 'user-sync',
    meta,
    // @ts-expect-error the service takes 5
    rules: ({ records_processed: r }) => [r.eq(0), r.lt(1), r.gt(2), r.ne(3), r.eq(4), r.eq(5)],
  })
  const many = [1, 2, 3].map((threshold) => ({ field: 'rows', operator: 'eq', threshold }) as const)
  defineMonitor({ id: 'user-sync', rules: many })
})

test('metadata are numbers', () => {
  // @ts-expect-error a text cannot be sent
  defineMonitor({ id: 'user-sync', meta: z.object({ name: z.string() }) })
  // @ts-expect-error nor can a date
  defineMonitor({ id: 'user-sync', meta: v.object({ at: v.date() }) })
})

test('mistakes in other fields do not compile', () => {
  // @ts-expect-error the field is called schedule
  defineMonitor({ id: 'user-sync', schedul: '* * * * *' })
  // @ts-expect-error there are four tiers
  defineMonitor({ id: 'user-sync', tier: 5 })
  // @ts-expect-error an operator in plain data is one of four
  defineMonitor({ id: 'user-sync', rules: [{ field: 'rows', operator: 'gte', threshold: 1 }] })
})

test('without a schema every field may be a rule', () => {
  const definition = defineMonitor({
    id: 'user-sync',
    rules: [{ field: 'rows', operator: 'eq', threshold: 0 }],
  })

  expectTypeOf(explainRules(definition, { rows: 0 })).toEqualTypeOf<readonly RuleExplanation[]>()
})

test('takes the declared fields of a loose schema, and no others', () => {
  const meta = z.looseObject({ records_processed: z.number(), skipped: z.optional(z.number()) })
  const definition = defineMonitor({
    id: 'user-sync',
    meta,
    rules: (fields) => [fields.records_processed.eq(0)],
  })

  expectTypeOf(definition).toExtend<MonitorDefinition>()
  // @ts-expect-error the schema lets it pass, and does not declare it
  defineMonitor({ id: 'user-sync', meta, rules: (fields) => [fields.rows.eq(0)] })
  // @ts-expect-error a text cannot be sent
  defineMonitor({ id: 'user-sync', meta: z.looseObject({ name: z.string() }) })
})
