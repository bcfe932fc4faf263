import type { VNode } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type Plot from 'uplot'
import type { MockRun, RunLook } from '@crontify/mock-server/dashboard-data'
import { monitorLink } from '../data/route.ts'
import { lookClass, RUN_SIGNS } from '../parts/marks.tsx'
import { instantText, spanText } from '../parts/page-texts.ts'
import { createDurationPlot, PLOT_HEIGHT } from './duration-plot.ts'
import { type DurationPoint, durationPoints, durationScale, successP95 } from './duration-points.ts'
import { durationTrend } from './duration-trend.ts'

interface DurationChartProps {
  readonly runs: readonly MockRun[]
  readonly maxDurationMs: number | undefined
  /** Changes when the page's colors do. */
  readonly scheme: string
}

/** Runs that have a mark, in the order of the legend. */
const MARKED: readonly RunLook[] = ['failed', 'hung', 'overlapped', 'rule matched', 'slow']

/** How long runs took, with their trend, the 95th percentile, the limit, and a mark for each run that was not good. */
export function DurationChart({ runs, maxDurationMs, scheme }: DurationChartProps): VNode {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot>(null)
  const [chosen, setChosen] = useState<number>()
  const points = useMemo(() => durationPoints(runs), [runs])
  const p95Ms = successP95(points)
  useEffect(() => {
    const element = place.current
    if (element === null || points.length === 0) return
    const made = createDurationPlot(element, { points, p95Ms, limitMs: maxDurationMs, onPoint: setChosen })
    plot.current = made
    const watch = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: PLOT_HEIGHT }))
    watch.observe(element)
    return () => {
      watch.disconnect()
      made.destroy()
    }
  }, [points, maxDurationMs, scheme])
  if (points.length === 0)
    return <p class="empty">No run has been measured yet: a duration needs a start and an end.</p>
  const point = chosen === undefined ? undefined : points[chosen]
  const step = (by: number): void =>
    setChosen(Math.min(points.length - 1, Math.max(0, (chosen ?? points.length) + by)))
  return (
    <figure
      class="chart"
      onMouseLeave={() => setChosen(undefined)}
      onKeyDown={(event) => event.key === 'Escape' && setChosen(undefined)}
    >
      <p class="trend">{durationTrend(points)}</p>
      <div class="plot">
        <div
          ref={place}
          role="img"
          aria-label={chartWords(points, p95Ms, maxDurationMs)}
          onClick={() =>
            point !== undefined && (location.hash = monitorLink(point.run.monitorId, point.run.runId))
          }
        />
        {durationScale(points, maxDurationMs).isLimitAbove && maxDurationMs !== undefined && (
          <span class="edge">↑ maximum {spanText(maxDurationMs)}</span>
        )}
        {point !== undefined && plot.current !== null && <PointTip point={point} plot={plot.current} />}
      </div>
      <figcaption>
        <ChartLegend points={points} p95Ms={p95Ms} limitMs={maxDurationMs} />
        <span class="chart-steps">
          <button type="button" aria-label="Previous run in the chart" onClick={() => step(-1)}>
            ‹
          </button>
          <button type="button" aria-label="Next run in the chart" onClick={() => step(1)}>
            ›
          </button>
        </span>
      </figcaption>
    </figure>
  )
}

function ChartLegend({
  points,
  p95Ms,
  limitMs,
}: {
  readonly points: readonly DurationPoint[]
  readonly p95Ms: number | undefined
  readonly limitMs: number | undefined
}): VNode {
  return (
    <span class="legend">
      <span class="line-duration">
        <i aria-hidden="true" /> duration
      </span>
      {p95Ms !== undefined && (
        <span class="line-p95">
          <i aria-hidden="true" /> p95 {spanText(p95Ms)}
        </span>
      )}
      {limitMs !== undefined && (
        <span class="line-limit">
          <i aria-hidden="true" /> maximum {spanText(limitMs)}
        </span>
      )}
      {countsOf(points).map(([look, count]) => (
        <span key={look} class={lookClass(look)}>
          <span aria-hidden="true">{CHART_SIGNS[look] ?? RUN_SIGNS[look]}</span> {count} {look}
        </span>
      ))}
    </span>
  )
}

/** As the plot draws them. */
const CHART_SIGNS: Partial<Record<RunLook, string>> = { overlapped: '□', 'rule matched': '◇', slow: '○' }

/** Far enough to the left that the tip does not leave the chart. */
const TIP_WIDTH = 240

function PointTip({ point, plot }: { readonly point: DurationPoint; readonly plot: Plot }): VNode {
  const { run, at, ms, look } = point
  const { over } = plot
  const left = over.offsetLeft + plot.valToPos(at / 1_000, 'x')
  const top = over.offsetTop + plot.valToPos(ms, 'y')
  const mostLeft = Math.max(0, over.offsetLeft + over.clientWidth - TIP_WIDTH)
  return (
    <p class="tip" role="status" style={{ left: `${Math.min(left, mostLeft)}px`, top: `${top}px` }}>
      <span class={lookClass(look)}>
        <span aria-hidden="true">{RUN_SIGNS[look]}</span> {look}
      </span>{' '}
      {run.status === 'hung' ? `open for ${spanText(ms)}` : spanText(ms)}
      <br />
      <a href={monitorLink(run.monitorId, run.runId)}>{instantText(run.endedAt ?? '')} UTC</a>
    </p>
  )
}

function countsOf(points: readonly DurationPoint[]): readonly (readonly [RunLook, number])[] {
  return MARKED.map((look) => [look, points.filter((point) => point.look === look).length] as const).filter(
    ([, count]) => count > 0,
  )
}

function chartWords(
  points: readonly DurationPoint[],
  p95Ms: number | undefined,
  limitMs: number | undefined,
): string {
  return [
    `${points.length} durations${p95Ms === undefined ? '' : `, 95 of 100 successful ones no longer than ${spanText(p95Ms)}`}`,
    limitMs === undefined ? 'no maximum duration' : `maximum ${spanText(limitMs)}`,
    ...countsOf(points).map(([look, count]) => `${count} ${look}`),
  ].join('; ')
}
