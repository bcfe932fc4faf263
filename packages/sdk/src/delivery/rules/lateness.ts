/** A failure that arrives later than this many milliseconds after it happened says so in its message. */
export const LATE_AFTER_MS = 60_000

/**
 * What stands in front of a late failure's message: the wire has no field for when it happened, so a person would
 * take it for news. Empty for one that is not late, and where the clock tells no time.
 */
export function latenessPrefix(occurredAt: number, now: number): string {
  const lateMs = now - occurredAt
  if (!(lateMs > LATE_AFTER_MS) || Number.isNaN(new Date(occurredAt).getTime())) return ''
  const happened = new Date(occurredAt).toISOString().replace(/\.\d+Z$/, 'Z')
  return `[delivered ${spanText(lateMs)} late; happened ${happened}] `
}

function spanText(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  const parts = [
    [Math.floor(minutes / 1_440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'm'],
  ] as const
  const shown = parts.filter(([count]) => count > 0).slice(0, 2)
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ')
}
