import { readFileSync } from 'node:fs'

/** Position of the start time in what Linux says of a process, counted after its name. (man 5 proc, field 22) */
const START_TIME_FIELD = 19

/**
 * What tells a process from a later one with the same number: its start time on Linux, elsewhere an empty text.
 * `undefined` where there is no such process, or it is dead and only its parent has not looked.
 */
export function processStart(pid: number): string | undefined {
  if (process.platform !== 'linux') return isThere(pid) ? '' : undefined
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return isThere(pid) ? '' : undefined
  }
  // The name stands in brackets, and may hold brackets and spaces itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : (fields[START_TIME_FIELD] ?? '')
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
