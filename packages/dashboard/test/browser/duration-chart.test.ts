import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { openPage } from './support/browser.ts'
import { job, start } from './support/one-job.ts'
import { ping } from './support/production-day.ts'
import type { MockServer } from '@crontify/mock-server'

async function run(server: MockServer, seconds: number, end = 'success'): Promise<void> {
  await ping(server, 'job', 'start')
  await server.advance(`${seconds}s`)
  await ping(server, 'job', end)
  await server.advance(`${86_400 - seconds}s`)
}

/** How high the highest blue point of the line is, as a share of the chart. */
const highestPoint = (page: Page): Promise<number> =>
  page.evaluate<number>(`(() => {
    const canvas = document.querySelector('.chart canvas')
    const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    for (let row = 0; row < height; row += 1)
      for (let column = 0; column < width; column += 1) {
        const at = (row * width + column) * 4
        if (data[at + 3] > 200 && data[at + 2] > 150 && data[at] < 80) return 1 - row / height
      }
    return 0
  })()`)

it('shows that a job became ten times slower, though its limit is far away', async () => {
  const server = await start({ monitors: [{ ...job, everySeconds: 86_400, maxDurationSeconds: 36_000 }] })
  for (let day = 0; day < 31; day += 1) await run(server, day < 15 ? 60 : 600)
  const { page, complaints } = await openPage()
  await page.goto(`${server.url}/#/monitors/job`)

  const chart = page.locator('.chart')
  await chart.getByText('10 times slower than 30 days ago: 10 min, then 1 min.').waitFor()
  expect(await chart.locator('.edge').innerText()).toBe('↑ maximum 10 h')
  expect(await highestPoint(page)).toBeGreaterThan(0.8)
  expect(complaints).toEqual([])
})

it('marks the runs that were not good, and leads to each', async () => {
  const server = await start({ monitors: [{ ...job, everySeconds: 86_400, maxDurationSeconds: 900 }] })
  for (let day = 0; day < 12; day += 1) await run(server, 60 + day)
  await run(server, 800)
  await run(server, 300, 'fail')
  await ping(server, 'job', 'start')
  await server.advance('20m')
  const { page } = await openPage()
  await page.goto(`${server.url}/#/monitors/job`)

  const chart = page.locator('.chart')
  await chart.locator('canvas').waitFor()
  const legend = await chart.locator('.legend').innerText()
  expect(legend).toMatch(/✕ 1 failed[\s\S]*⧗ 1 hung[\s\S]*○ 1 slow/)
  expect(await chart.locator('.edge').count()).toBe(0)
  await chart.getByRole('button', { name: 'Previous run in the chart' }).click()
  expect(await chart.locator('.tip').innerText()).toContain('hung open for 16 min')
  await chart.getByRole('button', { name: 'Previous run in the chart' }).click()
  expect(await chart.locator('.tip').innerText()).toContain('failed 5 min')

  await page.keyboard.press('Escape')
  await chart.locator('.tip').waitFor({ state: 'detached' })
  const box = await chart.locator('.u-over').boundingBox()
  await page.mouse.move((box?.x ?? 0) + 5, (box?.y ?? 0) + 50)
  expect(await chart.locator('.tip').innerText()).toContain('success 1 min')
  await chart.locator('.tip a').click()
  const first = server.runs('job')[0]?.runId ?? ''
  await page.getByRole('region', { name: `Run ${first}` }).waitFor()
  expect(page.url()).toContain(first)
})

it.each([
  ['one run', 1, 60],
  ['zero durations', 4, 0],
])('draws %s', async (_, count, seconds) => {
  const server = await start({ monitors: [{ ...job, everySeconds: 86_400 }] })
  for (let day = 0; day < count; day += 1) await run(server, seconds)
  const { page, complaints } = await openPage()
  await page.goto(`${server.url}/#/monitors/job`)

  await page.locator('.chart canvas').waitFor()
  await page.getByText('Too few successful runs for a trend: it needs 6.').waitFor()
  await expect.poll(() => highestPoint(page)).toBeGreaterThan(0.1)
  expect(complaints).toEqual([])
})
