import type { Measured, Row } from './row.ts'

/** Where it was measured: absolute times mean little without it, and not much with it. */
export interface Machine {
  readonly node: string
  readonly platform: string
  readonly cores: number
}

export interface Reported {
  readonly row: Row
  readonly measured: Measured
}

/** A table for people, in Markdown. */
export function tableOf(reported: readonly Reported[]): string {
  const lines = reported.map(({ row, measured }) => {
    const met = measured.met === undefined ? '' : measured.met ? 'yes' : 'no'
    return `| ${row.id} | ${row.what} | ${row.goal} | ${measured.value} | ${met} |`
  })
  return ['| | what | goal | measured | met |', '| --- | --- | --- | --- | --- |', ...lines].join('\n')
}

/** One line for above the table. */
export function machineLine({ node, platform, cores }: Machine): string {
  return `Node ${node}, ${platform}, ${cores} cores`
}

/** The same for programs. */
export function jsonOf(machine: Machine, reported: readonly Reported[]): string {
  const rows = reported.map(({ row, measured }) => ({
    id: row.id,
    what: row.what,
    goal: row.goal,
    ...measured,
  }))
  return `${JSON.stringify({ ...machine, rows }, null, 2)}\n`
}
