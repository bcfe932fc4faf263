import type { VNode } from 'preact'
import { spanText } from './page-texts.ts'

const WIDTH = 120
const HEIGHT = 24
const BAR = 3
const GAP = 1

/** The last durations as bars, the newest at the right; said in words for whoever does not see them. */
export function Sparkline({ values }: { readonly values: readonly number[] }): VNode {
  const last = values.at(-1)
  if (last === undefined) return <span class="quiet">–</span>
  const most = Math.max(...values, 1)
  const words = `${values.length} durations, the last ${spanText(last)}, the longest ${spanText(most)}`
  return (
    <svg
      class="sparkline"
      role="img"
      aria-label={words}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
    >
      {values.map((value, index) => {
        const height = Math.max(1, (value / most) * HEIGHT)
        const x = WIDTH - (values.length - index) * (BAR + GAP)
        return <rect key={index} x={x} y={HEIGHT - height} width={BAR} height={height} />
      })}
    </svg>
  )
}
