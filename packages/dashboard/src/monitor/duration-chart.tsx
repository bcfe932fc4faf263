import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import Plot from 'uplot'
import { type MockRun, percentile95 } from '@crontify/mock-server/dashboard-data'
import { spanText } from '../parts/page-texts.ts'

const HEIGHT = 200
const DAY_SECONDS = 86_400
const MOST_MARKS = 5
const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const STEPS_MS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 48, 96].map((count) => count * HOUR),
]

interface DurationChartProps {
  readonly runs: readonly MockRun[]
  readonly maxDurationMs: number | undefined
  /** Changes when the page's colors do. */
  readonly scheme: string
}

/** How long runs took, with the 95th percentile, the limit, and the runs that were far slower than usual. */
export function DurationChart({ runs, maxDurationMs, scheme }: DurationChartProps): VNode {
  const place = useRef<HTMLDivElement>(null)
  const measured = runs.filter(
    ({ status, durationMs, endedAt }) =>
      status === 'success' && durationMs !== undefined && endedAt !== undefined,
  )
  const p95Ms = percentile95(measured.map(({ durationMs = 0 }) => durationMs))
  useEffect(() => {
    const element = place.current
    if (element === null || p95Ms === undefined) return
    const plot = new Plot(optionsFor(element), dataFor(measured, p95Ms, maxDurationMs), element)
    const watch = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }))
    watch.observe(element)
    return () => {
      watch.disconnect()
      plot.destroy()
    }
  }, [runs, maxDurationMs, scheme])
  if (p95Ms === undefined)
    return <p class="empty">No run has been measured yet: a duration needs a start and a success.</p>
  const slow = measured.filter(({ isDurationAnomaly }) => isDurationAnomaly).length
  const words = [
    `${measured.length} durations, 95 of 100 no longer than ${spanText(p95Ms)}`,
    maxDurationMs === undefined ? 'no maximum duration' : `maximum ${spanText(maxDurationMs)}`,
    `${slow} far slower than usual`,
  ].join('; ')
  return (
    <figure class="chart">
      <div ref={place} role="img" aria-label={words} />
      <figcaption class="legend">
        <span class="line-duration">
          <i aria-hidden="true" /> duration
        </span>
        <span class="line-p95">
          <i aria-hidden="true" /> p95 {spanText(p95Ms)}
        </span>
        {maxDurationMs !== undefined && (
          <span class="line-limit">
            <i aria-hidden="true" /> maximum {spanText(maxDurationMs)}
          </span>
        )}
        {slow > 0 && (
          <span class="line-slow">
            <i aria-hidden="true" /> far slower than usual: {slow}
          </span>
        )}
      </figcaption>
    </figure>
  )
}

function dataFor(measured: readonly MockRun[], p95Ms: number, limitMs: number | undefined): Plot.AlignedData {
  return [
    measured.map(({ endedAt = '' }) => Date.parse(endedAt) / 1_000),
    measured.map(({ durationMs = 0 }) => durationMs),
    measured.map(() => p95Ms),
    measured.map(() => limitMs ?? null),
    measured.map(({ isDurationAnomaly, durationMs = 0 }) => (isDurationAnomaly ? durationMs : null)),
  ]
}

function optionsFor(element: HTMLElement): Plot.Options {
  const color = (name: string): string => getComputedStyle(element).getPropertyValue(name)
  const axis = {
    stroke: color('--muted'),
    grid: { stroke: color('--line'), width: 1 },
    ticks: { show: false },
  }
  const hidden = { show: false }
  return {
    width: element.clientWidth,
    height: HEIGHT,
    tzDate: (seconds) => Plot.tzDate(new Date(seconds * 1_000), 'Etc/UTC'),
    legend: hidden,
    cursor: hidden,
    scales: { y: { range: (_plot, _least, most) => [0, most * 1.1] } },
    axes: [
      {
        ...axis,
        values: (_plot, instants, _axis, _space, stepSeconds) =>
          instants.map((at) => dateText(at, stepSeconds)),
      },
      {
        ...axis,
        size: 64,
        splits: (_plot, _axis, _least, mostMs) => evenSpans(mostMs),
        values: (_plot, spans) => spans.map(spanText),
      },
    ],
    series: [
      {},
      { stroke: color('--running'), width: 1.5, points: { show: true, size: 4, fill: color('--running') } },
      { stroke: color('--muted'), width: 1, dash: [4, 4], points: hidden },
      { stroke: color('--failed'), width: 1, dash: [8, 4], points: hidden },
      {
        stroke: color('--overlapped'),
        width: 0,
        points: { show: true, size: 11, stroke: color('--overlapped'), width: 2, fill: 'transparent' },
      },
    ],
  }
}

function dateText(seconds: number, stepSeconds: number): string {
  const text = new Date(seconds * 1_000).toISOString()
  return stepSeconds >= DAY_SECONDS ? text.slice(5, 10) : text.slice(11, 16)
}

/** Marks of an axis at round spans of time: 10 min, 20 min, 30 min and not 16 min 40 s. */
function evenSpans(mostMs: number): number[] {
  const step = STEPS_MS.find((stepMs) => mostMs / stepMs <= MOST_MARKS) ?? mostMs / MOST_MARKS
  return Array.from({ length: Math.floor(mostMs / step) + 1 }, (_, index) => index * step)
}
