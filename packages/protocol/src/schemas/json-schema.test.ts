import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import { channelDefinitionSchema } from './channel-definition-schema.ts'
import { monitorDefinitionSchema } from './monitor-definition-schema.ts'

it('gives a JSON schema of a monitor that names every field and its bounds', () => {
  const schema = z.toJSONSchema(monitorDefinitionSchema) as Record<string, unknown>

  expect(schema).toMatchObject({
    type: 'object',
    required: ['id'],
    additionalProperties: false,
    properties: {
      id: { type: 'string', maxLength: 128, pattern: '^[A-Za-z0-9_-]+$' },
      graceSeconds: { type: 'number', minimum: 0, maximum: 31_622_400 },
      rules: { type: 'array', maxItems: 5 },
      tier: { enum: [1, 2, 3, 4] },
      runbook: { type: 'string', format: 'uri' },
    },
  })
})

it('gives a JSON schema of a channel with one form for each kind', () => {
  const schema = z.toJSONSchema(channelDefinitionSchema) as { readonly oneOf: readonly unknown[] }

  expect(schema.oneOf).toHaveLength(5)
})
