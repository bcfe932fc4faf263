import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { jsonOf, machineLine, tableOf, type Reported } from './harness/report.ts'
import { ROWS } from './rows/rows.ts'

const USAGE = `Measures what the documents promise in numbers.

  pnpm bench [options] [ID ...]

  ID              rows to measure, such as N1 N18   (default: all that take seconds)
  --all           the ones that take minutes too
  --json FILE     writes the numbers to FILE
  --list          names the rows
  --help          this text
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    json: { type: 'string' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const unknown = positionals.filter((id) => !ROWS.some((row) => row.id === id))
if (values.help) process.stdout.write(USAGE)
else if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(', ')}. There are ${ROWS.map(({ id }) => id).join(', ')}\n`)
  process.exitCode = 2
} else if (values.list) {
  for (const row of ROWS) process.stdout.write(`${row.id.padEnd(12)} ${row.what}\n`)
} else {
  const wanted = ROWS.filter((row) =>
    positionals.length > 0 ? positionals.includes(row.id) : values.all || row.isLong !== true,
  )
  const reported: Reported[] = []
  for (const row of wanted) {
    process.stderr.write(`${row.id} ${row.what} …\n`)
    reported.push({ row, measured: await row.measure() })
  }
  const machine = {
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
  }
  process.stdout.write(`${machineLine(machine)}\n\n${tableOf(reported)}\n`)
  if (values.json !== undefined) writeFileSync(values.json, jsonOf(machine, reported))
}
