import type { Measured, Row } from './row.ts'

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

/** The same for programs. */
export function jsonOf(reported: readonly Reported[]): string {
  const rows = reported.map(({ row, measured }) => ({
    id: row.id,
    what: row.what,
    goal: row.goal,
    ...measured,
  }))
  return `${JSON.stringify({ node: process.version, rows }, null, 2)}\n`
}
