import { fileURLToPath } from 'node:url'
import { ratioOfProcesses } from '../harness/ratio-of-processes.ts'
import type { Row } from '../harness/row.ts'

const CRONTIFY = fileURLToPath(new URL('./dist/bin.cjs', import.meta.resolve('@crontify/cli/package.json')))

export const COMMAND_LINE: readonly Row[] = [
  {
    id: 'exec',
    what: '`crontify exec m -- true`, both pings delivered, against a Node that does nothing',
    goal: '≤ 2.5 ×',
    measure: async () => {
      const measured = await ratioOfProcesses([CRONTIFY, 'exec', 'm', '--', 'true'], ['-e', '0'])
      return { ...measured, met: measured.ratio <= 2.5 }
    },
  },
  {
    id: 'ping',
    what: '`crontify ping m success`, delivered, against a Node that does nothing',
    goal: '≤ 2.2 ×',
    measure: async () => {
      const measured = await ratioOfProcesses([CRONTIFY, 'ping', 'm', 'success'], ['-e', '0'])
      return { ...measured, met: measured.ratio <= 2.2 }
    },
  },
]
