import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { instantText } from './parts/page-texts.ts'
import type { Store } from './data/store.ts'

const STEPS = [
  ['5m', '5 min'],
  ['1h', '1 h'],
  ['1d', '1 day'],
] as const

/** The server's time; a virtual clock has buttons that move it. */
export function ClockBar({ store }: { readonly store: Store }): VNode | null {
  const [isMoving, setMoving] = useState(false)
  const overview = store.overview.value
  if (overview === undefined) return null
  const now = new Date(store.nowMs.value).toISOString()
  const next = overview.monitors
    .flatMap(({ nextExpectedAt }) =>
      nextExpectedAt === undefined || nextExpectedAt <= overview.now ? [] : [nextExpectedAt],
    )
    .toSorted()
    .at(0)
  const advance = async (by: string | number): Promise<void> => {
    setMoving(true)
    await store.act(() => store.api.call('POST', '/clock/advance', { by }))
    setMoving(false)
  }
  return (
    <div class="clock">
      <time dateTime={now}>{instantText(now)} UTC</time>
      {overview.clock === 'virtual' && (
        <span role="group" aria-label="Advance the clock">
          {STEPS.map(([by, words]) => (
            <button type="button" key={by} disabled={isMoving} onClick={() => void advance(by)}>
              +{words}
            </button>
          ))}
          <button
            type="button"
            disabled={isMoving || next === undefined}
            title={next === undefined ? 'No run is expected' : `${instantText(next)} UTC`}
            onClick={() => next !== undefined && void advance(Date.parse(next) - Date.parse(overview.now))}
          >
            to the next expected run
          </button>
        </span>
      )}
    </div>
  )
}
