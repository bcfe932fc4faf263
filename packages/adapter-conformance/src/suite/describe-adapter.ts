import { describe, expect, it } from 'vitest'
import type { AdapterHarness } from './adapter-harness.ts'
import { ROWS, type RowName } from './rows.ts'
import { openStage } from './stage.ts'

/** A reason shorter than this explains nothing. Characters. */
const LEAST_REASON = 20

/**
 * Registers what every adapter must do, as tests on the real scheduler and a local Crontify over real HTTP.
 *
 * @param name  Names the adapter in the titles: "@crontify/node-cron, monitorJob".
 * @param harness  How jobs come to stand on the scheduler.
 * @param cannot  Rows that this scheduler cannot have, with the reason. All others must pass.
 */
export function describeAdapter(
  name: string,
  harness: AdapterHarness,
  cannot: Readonly<Partial<Record<RowName, string>>> = {},
): void {
  describe(`what every adapter does: ${name}`, () => {
    for (const row of Object.keys(ROWS) as RowName[]) {
      if (cannot[row] !== undefined) continue
      it(row, async () => {
        const { stage, close } = await openStage(harness)
        try {
          await ROWS[row](stage)
        } finally {
          await close()
        }
      })
    }

    it.each(harness.wrongObjects)('refuses $name, and says what it wanted', ({ watch, says }) => {
      expect(watch).toThrow(TypeError)
      expect(watch).toThrow(says)
    })

    it('is tried with wrong objects, and leaves out nothing without a reason', () => {
      expect(harness.wrongObjects.length).toBeGreaterThan(0)
      for (const [row, reason] of Object.entries(cannot)) {
        expect(Object.keys(ROWS)).toContain(row)
        expect(reason.length, row).toBeGreaterThan(LEAST_REASON)
      }
    })
  })
}
