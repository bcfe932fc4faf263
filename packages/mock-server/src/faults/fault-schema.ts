import { isMonitorId, PING_KINDS } from '@crontify/protocol'
import { z } from 'zod'
import { durationSchema } from '../schemas/duration-schema.ts'
import { schemaProblems } from '../schemas/schema-problems.ts'

/** More is a count that nobody reaches. */
const MAX_COUNT = 1_000_000

const target = {
  monitorId: z.string().refine(isMonitorId, 'expected 1 to 128 letters, digits, "_" or "-"').optional(),
  kind: z.enum(PING_KINDS as [string, ...string[]]).optional(),
  skip: z.int().min(0).max(MAX_COUNT).optional(),
  times: z.int().min(1).max(MAX_COUNT).optional(),
}
const spoilt = { ...target, taken: z.boolean().optional() }
// Printable only, so that a header stays one line.
const headerText = z.string().regex(/^[\x20-\x7e]{1,500}$/, 'expected 1 to 500 printable ASCII characters')

/** A fault as the control API takes it. */
export const faultSchema: z.ZodType = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('latency'), delay: durationSchema, ...target }),
    z.strictObject({ type: z.literal('silence'), ...spoilt }),
    z.strictObject({ type: z.literal('reset'), ...spoilt }),
    z.strictObject({ type: z.literal('halfAnswer'), ...spoilt }),
    z.strictObject({
      type: z.literal('status'),
      status: z.int().min(200).max(599),
      retryAfter: z.union([z.number().min(0), headerText]).optional(),
      location: headerText.optional(),
      message: z.string().max(500).optional(),
      ...spoilt,
    }),
    z.strictObject({ type: z.literal('html'), status: z.int().min(200).max(599).optional(), ...spoilt }),
    z.strictObject({ type: z.literal('brokenJson'), ...spoilt }),
    z.strictObject({ type: z.literal('garbage'), ...spoilt }),
    z.strictObject({ type: z.literal('endlessBody'), ...spoilt }),
  ])
  .meta({ description: 'Something that goes wrong on purpose' })

/** What is wrong with a fault, one sentence each. */
export function faultProblems(fault: unknown): readonly string[] {
  return schemaProblems(faultSchema, fault)
}
