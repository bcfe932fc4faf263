import { failureRows } from './failure-rows.ts'
import { outageRows } from './outage-rows.ts'
import { overlapRows } from './overlap-rows.ts'
import { resultRows } from './result-rows.ts'
import { runRows } from './run-rows.ts'
import type { Stage } from './stage.ts'

/** The rules by their names. */
export type RowName =
  | keyof typeof resultRows
  | keyof typeof failureRows
  | keyof typeof outageRows
  | keyof typeof overlapRows
  | keyof typeof runRows

/** What every adapter must do, by the names that tests have. */
export const ROWS: Readonly<Record<RowName, (stage: Stage) => Promise<void>>> = {
  ...resultRows,
  ...failureRows,
  ...outageRows,
  ...overlapRows,
  ...runRows,
}
