import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import type { MonitorDefinition } from '../monitor-definition.ts'
import { monitorDefinitionSchema } from './monitor-definition-schema.ts'

/** Every field of the type: one that is missing here does not compile. */
const FIELDS: Record<keyof MonitorDefinition, true> = {
  id: true,
  name: true,
  schedule: true,
  scheduleDialect: true,
  everySeconds: true,
  timezone: true,
  graceSeconds: true,
  maxDurationSeconds: true,
  rules: true,
  slow: true,
  failureRate: true,
  cooldownSeconds: true,
  recovery: true,
  channels: true,
  tags: true,
  tier: true,
  runbook: true,
  description: true,
  owner: true,
  rerun: true,
}

it('knows every field of a definition, and no other', () => {
  const { properties } = z.toJSONSchema(monitorDefinitionSchema) as { properties: Record<string, unknown> }

  expect(Object.keys(properties)).toEqual(Object.keys(FIELDS))
})
