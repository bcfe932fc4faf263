import type { CronFieldKind } from './cron-field-kinds.ts'
import type { Grammar } from './grammar.ts'

/** Says for an error message what a field accepts: `1 to 12, JAN to DEC, *, lists, ranges or steps`. */
export function acceptedInField({ name, min, max }: CronFieldKind, grammar: Grammar): string {
  const hasNames = grammar.names !== 'none'
  return [
    `${min} to ${max}`,
    ...(hasNames && name === 'month' ? ['JAN to DEC'] : []),
    ...(hasNames && name === 'day of week' ? ['SUN to SAT'] : []),
    ...(name === 'day of month' ? grammar.dayItems.map((item) => item.replace(' alone', '')) : []),
    ...(name === 'day of week' && grammar.nthWeekdays !== 'none' ? ['5L', '1#2'] : []),
    ...(grammar.openStepsEndAt === undefined ? [] : ['0/5']),
    '*, lists, ranges or steps',
  ].join(', ')
}
