import Plot from 'uplot'
import type { RunLook } from '@crontify/mock-server/dashboard-data'
import { spanText } from '../parts/page-texts.ts'
import { type DurationPoint, durationScale, timeScale } from './duration-points.ts'

export const PLOT_HEIGHT = 200
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

/** What the plot shows. */
export interface PlotFacts {
  readonly points: readonly DurationPoint[]
  readonly p95Ms: number | undefined
  readonly limitMs: number | undefined
  /** Called with the index of the point nearest to the pointer. */
  readonly onPoint: (index: number) => void
}

/** Draws durations into an element, each run that was not good with a mark of its own shape. */
export function createDurationPlot(element: HTMLElement, facts: PlotFacts): Plot {
  const { points, p95Ms, limitMs } = facts
  return new Plot(
    optionsFor(element, facts),
    [
      points.map(({ at }) => at / 1_000),
      points.map(({ ms }) => ms),
      points.map(() => p95Ms ?? null),
      points.map(() => limitMs ?? null),
    ],
    element,
  )
}

function optionsFor(element: HTMLElement, { points, limitMs, onPoint }: PlotFacts): Plot.Options {
  const color = (name: string): string => getComputedStyle(element).getPropertyValue(name)
  const axis = {
    stroke: color('--muted'),
    grid: { stroke: color('--line'), width: 1 },
    ticks: { show: false },
  }
  const hidden = { show: false }
  const { topMs } = durationScale(points, limitMs)
  return {
    width: element.clientWidth,
    height: PLOT_HEIGHT,
    tzDate: (seconds) => Plot.tzDate(new Date(seconds * 1_000), 'Etc/UTC'),
    legend: hidden,
    cursor: { drag: { x: false, y: false, setScale: false }, points: hidden, x: false, y: false },
    scales: { x: { range: () => [...timeScale(points)] }, y: { range: () => [0, topMs] } },
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
    ],
    hooks: {
      draw: [(plot) => drawMarks(plot, points, color)],
      setCursor: [
        ({ cursor }) => {
          if (typeof cursor.idx === 'number' && (cursor.left ?? -1) >= 0) onPoint(cursor.idx)
        },
      ],
    },
  }
}

/** The color and the shape of a mark: the shape is enough to tell them apart. */
const MARKS: Readonly<
  Partial<Record<RunLook, { readonly color: string; readonly shape: (radius: number) => Path2D }>>
> = {
  failed: { color: '--failed', shape: (r) => new Path2D(`M${-r} ${-r}L${r} ${r}M${-r} ${r}L${r} ${-r}`) },
  hung: { color: '--hung', shape: (r) => new Path2D(`M${-r} ${-r}H${r}L${-r} ${r}H${r}Z`) },
  overlapped: { color: '--overlapped', shape: (r) => new Path2D(`M${-r} ${-r}H${r}V${r}H${-r}Z`) },
  'rule matched': {
    color: '--overlapped',
    shape: (r) => new Path2D(`M0 ${-1.3 * r}L${1.3 * r} 0L0 ${1.3 * r}L${-1.3 * r} 0Z`),
  },
  slow: {
    color: '--overlapped',
    shape: (r) => new Path2D(`M${r} 0A${r} ${r} 0 1 1 ${-r} 0A${r} ${r} 0 1 1 ${r} 0Z`),
  },
}
const MARK_RADIUS = 5

function drawMarks(plot: Plot, points: readonly DurationPoint[], color: (name: string) => string): void {
  const { ctx } = plot
  const ratio = devicePixelRatio
  for (const { at, ms, look } of points) {
    const mark = MARKS[look]
    if (mark === undefined) continue
    ctx.save()
    ctx.translate(plot.valToPos(at / 1_000, 'x', true), plot.valToPos(ms, 'y', true))
    ctx.strokeStyle = color(mark.color)
    // The dashes of the limit line are still set.
    ctx.setLineDash([])
    ctx.lineWidth = 2 * ratio
    ctx.stroke(mark.shape(MARK_RADIUS * ratio))
    ctx.restore()
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
