import type { Row } from '../harness/row.ts'
import { COMMAND_LINE } from './command-line.ts'
import { ENGINE } from './engine.ts'
import { FROZEN_LOOP } from './frozen-loop.ts'
import { HEALTHY_SERVICE } from './healthy-service.ts'
import { INSTALLATION } from './installation.ts'
import { MEMORY } from './memory.ts'
import { MOCK_SERVER } from './mock-server.ts'
import { OBSERVABILITY } from './observability.ts'
import { PEERS } from './peers.ts'
import { PROCESS_ENDS } from './process-ends.ts'
import { REFUSING_SERVICE } from './refusing-service.ts'
import { SILENT_SERVICE } from './silent-service.ts'
import { SPOOL } from './spool.ts'

/** All that is measured, in the order of the report. */
export const ROWS: readonly Row[] = [
  ...SILENT_SERVICE,
  ...REFUSING_SERVICE,
  ...HEALTHY_SERVICE,
  ...OBSERVABILITY,
  ...COMMAND_LINE,
  ...PEERS,
  ...INSTALLATION,
  ...FROZEN_LOOP,
  ...PROCESS_ENDS,
  ...MEMORY,
  ...MOCK_SERVER,
  ...SPOOL,
  ...ENGINE,
]
