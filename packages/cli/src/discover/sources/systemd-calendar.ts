import type { JobSchedule } from '../discovered-job.ts'

const SHORTHANDS: Readonly<Record<string, string>> = {
  minutely: '* * * * *',
  hourly: '0 * * * *',
  daily: '0 0 * * *',
  weekly: '0 0 * * 1',
  monthly: '0 0 1 * *',
  quarterly: '0 0 1 1,4,7,10 *',
  semiannually: '0 0 1 1,7 *',
  'semi-annually': '0 0 1 1,7 *',
  yearly: '0 0 1 1 *',
  annually: '0 0 1 1 *',
}
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const UNITS: Readonly<Record<string, number>> = {
  us: 1e-6,
  usec: 1e-6,
  ms: 1e-3,
  msec: 1e-3,
  '': 1,
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3_600,
  hr: 3_600,
  hour: 3_600,
  hours: 3_600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  w: 604_800,
  week: 604_800,
  weeks: 604_800,
  M: 2_629_800,
  month: 2_629_800,
  months: 2_629_800,
  y: 31_557_600,
  year: 31_557_600,
  years: 31_557_600,
}

/**
 * The schedule of an `OnCalendar=` expression, read as systemd does (man 7 systemd.time); `undefined` if no cron expression
 * says the same.
 *
 * @param timezone  Of the machine; an expression can name another one.
 */
export function calendarSchedule(expression: string, timezone: string): JobSchedule | undefined {
  const words = expression.trim().split(/\s+/)
  const last = words.at(-1) ?? ''
  const hasZone = words.length > 1 && (/^[A-Z][A-Za-z]+\/[\w/+-]+$/.test(last) || last === 'UTC')
  const zone = hasZone ? last : timezone
  const parts = hasZone ? words.slice(0, -1) : words
  const shorthand = parts.length === 1 ? SHORTHANDS[(parts[0] ?? '').toLowerCase()] : undefined
  if (shorthand !== undefined) return { schedule: shorthand, timezone: zone }
  const weekdays = /^[A-Za-z]/.test(parts[0] ?? '') ? weekdayField(parts.shift() ?? '') : '*'
  const date = parts[0]?.includes(':') === true || parts[0] === undefined ? '*-*-*' : (parts.shift() ?? '')
  const time = parts.shift() ?? '00:00:00'
  if (parts.length > 0 || weekdays === undefined) return undefined
  const days = dateFields(date)
  const clock = timeFields(time)
  if (days === undefined || clock === undefined) return undefined
  const { second, minute, hour } = clock
  const schedule = `${second === '0' ? '' : `${second} `}${minute} ${hour} ${days.day} ${days.month} ${weekdays}`
  // systemd wants both days to match, as node-cron does; in other dialects one is enough.
  const isBoth = days.day !== '*' && weekdays !== '*'
  return { schedule, ...(isBoth && { scheduleDialect: 'node-cron' }), timezone: zone }
}

/** Seconds of a time span such as `1h 30min`; `undefined` if it is none. */
export function spanSeconds(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*([A-Za-z]*)/g)]
  if (parts.length === 0 || text.replaceAll(/(\d+(?:\.\d+)?)\s*([A-Za-z]*)/g, '').trim() !== '')
    return undefined
  const seconds = parts.reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? UNITS[unit.toLowerCase()] ?? NaN),
    0,
  )
  return Number.isNaN(seconds) ? undefined : seconds
}

function weekdayField(text: string): string | undefined {
  const dayOf = (name: string): number => WEEKDAYS.indexOf(name.toLowerCase().slice(0, 3))
  const parts = text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [from = '', to] = part.split(/\.\.|-/)
      if (dayOf(from) === -1 || (to !== undefined && dayOf(to) === -1)) return undefined
      // Monday to Sunday: cron counts Sunday as 7 here.
      return to === undefined
        ? String(dayOf(from))
        : `${dayOf(from)}-${dayOf(to) < dayOf(from) ? dayOf(to) + 7 : dayOf(to)}`
    })
  return parts.includes(undefined) || parts.some((part) => Number(part?.split('-')[1] ?? 0) > 7)
    ? undefined
    : parts.join(',')
}

function dateFields(text: string): { readonly day: string; readonly month: string } | undefined {
  const parts = text.split('-')
  if (parts.length === 2) parts.unshift('*')
  const [year, month = '', day = ''] = parts
  // A year of its own is no schedule; ~ counts from the end of the month.
  if (parts.length !== 3 || year !== '*' || text.includes('~')) return undefined
  const fields = { day: field(day, '1'), month: field(month, '1') }
  return fields.day === undefined || fields.month === undefined
    ? undefined
    : { day: fields.day, month: fields.month }
}

function timeFields(
  text: string,
): { readonly hour: string; readonly minute: string; readonly second: string } | undefined {
  const [hours = '', minutes = '', seconds = '0', ...rest] = text.split(':')
  const [hour, minute, second] = [field(hours, '0'), field(minutes, '0'), field(seconds, '0')]
  if (rest.length > 0 || hour === undefined || minute === undefined || second === undefined) return undefined
  return { hour, minute, second }
}

/** `01,07`, `8..17`, `0/15` and `*` as a field of cron. */
function field(text: string, first: string): string | undefined {
  const parts = text.split(',').map((part) => {
    const [, from = '', to, step] = /^(\*|\d+(?:\.0+)?)(?:\.\.(\d+))?(?:\/(\d+))?$/.exec(part) ?? []
    if (from === '') return undefined
    if (from === '*') return step === undefined ? '*' : `*/${step}`
    const number = String(Number(from))
    if (to !== undefined) return `${number}-${Number(to)}${step === undefined ? '' : `/${step}`}`
    if (step === undefined) return number
    return number === first ? `*/${step}` : `${number}/${step}`
  })
  return parts.includes(undefined) ? undefined : parts.join(',')
}
