import { readFileSync, readlinkSync } from 'node:fs'
import { nodeModule } from '../../node-module.ts'
import { fileErrorCode } from '../spool-files.ts'
import { processState, type ProcessIdentity, type ProcessTable } from './process-table.ts'

/** Position of the start time in what Linux says of a process, counted after its name. (man 5 proc, field 22) */
const START_TIME_FIELD = 19

/**
 * The machine's processes: by /proc on Linux, elsewhere by their numbers alone.
 *
 * Elsewhere a dead process whose number was given out anew passes for alive. The moment of the machine's start
 * would tell some of these apart, but it is reckoned from a clock that may be set, and to call a living job dead
 * is the worse mistake: the service reports a run without an end anyhow.
 */
export function systemProcessTable(): ProcessTable {
  const self: ProcessIdentity = {
    host: nodeModule('node:os').hostname(),
    boot: textOf('/proc/sys/kernel/random/boot_id') ?? '',
    space: processSpace(),
    pid: process.pid,
    startedAt: startOf(process.pid) ?? '',
  }
  return { self, stateOf: (other) => processState(other, self, { startOf }) }
}

function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return isThere(pid) ? '' : undefined
  const stat = textOf(`/proc/${pid}/stat`)
  if (stat === undefined) return isThere(pid) ? '' : undefined
  // The name stands in brackets, and may hold brackets and spaces itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // A dead process whose parent has not looked yet.
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined
  return fields[START_TIME_FIELD] ?? ''
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return fileErrorCode(error) === 'EPERM'
  }
}

function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    // Not Linux, or /proc is closed.
    return ''
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}
