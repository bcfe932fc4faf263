import { z } from 'zod'
import { CrontifyMockError } from '../mock-error.ts'
import { durationMsOf } from '../duration.ts'

const ACCEPTED = "expected milliseconds (0 or more) or a text such as '90s', '5m', '26h', '1h30m'"

/** A span: milliseconds or a text such as `'5m'`. */
export const durationSchema: z.ZodType<number | string> = z
  .union([z.number(), z.string()], { error: ACCEPTED })
  .refine(isDuration, ACCEPTED)
  .meta({ description: "A span: milliseconds, or a text such as '90s', '5m', '26h', '1d' or '1h30m'" })

function isDuration(value: number | string): boolean {
  try {
    durationMsOf(value)
    return true
  } catch (error) {
    if (error instanceof CrontifyMockError) return false
    throw error
  }
}
