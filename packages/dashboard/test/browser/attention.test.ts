import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openPage } from './support/browser.ts'
import { job, row, start } from './support/one-job.ts'
import { ping } from './support/production-day.ts'

it('shows everywhere that a successful run did not do its work', async () => {
  const server = await start({
    monitors: [
      {
        id: 'user-sync',
        schedule: '0 3 * * *',
        tier: 1,
        channels: ['ops'],
        runbook: 'https://wiki.example.com/sync',
        rules: [{ field: 'records_processed', operator: 'eq', threshold: 0 }],
      },
    ],
  })
  for (const records of [12, 0]) {
    await ping(server, 'user-sync', 'success', { meta: { records_processed: records } })
    await server.advance('1m')
  }
  const { page } = await openPage()
  await page.goto(server.url)

  await page.getByRole('heading', { name: '1 warning' }).waitFor()
  const incident = page.locator('.incident')
  expect(await incident.innerText()).toMatch(
    /user-sync[\s\S]*records_processed was 0[\s\S]*Tier 1[\s\S]*ops[\s\S]*wiki\.example\.com/,
  )
  const cells = await row(page, 'user-sync').innerText()
  expect(cells).toContain('success, rule matched')
  expect(cells).toContain('1 matched a rule')
  expect(cells).toMatch(/!\s*warning/)
  await page.getByRole('link', { name: 'user-sync' }).first().click()
  await page.locator('.why').getByText('records_processed was 0').waitFor()
  // Days are loaded by another request.
  await expect
    .poll(() => page.locator('.days li').last().getAttribute('aria-label'))
    .toContain('1 rule matched')
  expect(await page.locator('.why').innerText()).toContain('ops')
})

it('shows the cause of an outage, not what was alerted last', async () => {
  const server = await start({ monitors: [{ ...job, name: 'Mixed' }] })
  await ping(server, 'job', 'start')
  await ping(server, 'job', 'fail', { errorMessage: 'database down' })
  await ping(server, 'job', 'fail', { errorMessage: 'connection reset' })
  await ping(server, 'job', 'start')
  await ping(server, 'job', 'start')
  const { page } = await openPage()
  await page.goto(server.url)

  const incident = page.locator('.incident')
  await incident.waitFor()
  expect(await incident.innerText()).toMatch(/Mixed[\s\S]*2nd in a row[\s\S]*database down/)
  expect(await incident.innerText()).not.toMatch(/overlaps|connection reset/)
})

it('is live in more tabs than a browser opens connections', async () => {
  const server = await start({ clock: 'system' })
  await ping(server, 'job', 'success')
  const { page, tabs } = await openPage({ more: 8 })
  const pages = [page, ...tabs]
  for (const one of pages) await one.goto(server.url)
  for (const one of pages) await one.getByRole('heading', { name: 'Nothing needs attention' }).waitFor()

  await ping(server, 'job', 'fail')
  for (const one of pages) await one.getByRole('heading', { name: '1 failing' }).waitFor()

  // The tab with the stream goes; another one takes over.
  await page.close()
  await ping(server, 'job', 'success')
  for (const one of tabs) await one.getByRole('heading', { name: 'Nothing needs attention' }).waitFor()
})

it('knows after a restart who was told, and the days of runs that are not kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-'))
  const options = { dataFile: join(folder, 'data.jsonl'), keep: { runsPerMonitor: 2 } }
  const first = await start(options)
  for (let count = 0; count < 5; count += 1) await ping(first, 'job', 'success')
  await ping(first, 'job', 'fail')
  await first.close()
  const second = await start(options)
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { page } = await openPage()
  await page.goto(`${second.url}/#/incidents`)
  await page.getByText('1 alert', { exact: true }).click()

  await page.locator('.alert').getByRole('button', { name: /ops/ }).waitFor()
  expect(second.notifications()).toHaveLength(1)
  await page.goto(`${second.url}/#/monitors/job`)
  await page.getByText('the last 2 runs are kept').waitFor()
  expect(await page.locator('.days li').last().getAttribute('aria-label')).toMatch(/5 success, 1 failed/)
})

it('does not claim of a file without notifications that no channel was notified', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const dataFile = join(folder, 'data.jsonl')
  const first = await start({ dataFile })
  await ping(first, 'job', 'fail')
  await first.close()
  const lines = readFileSync(dataFile, 'utf8').split('\n')
  writeFileSync(dataFile, lines.filter((line) => !line.includes('"type":"notification"')).join('\n'))
  const second = await start({ dataFile })
  const { page } = await openPage()
  await page.goto(second.url)

  await page.locator('.incident').getByText('no longer recorded').waitFor()
  await page.goto(`${second.url}/#/incidents`)
  await page.getByText('Notified: no longer recorded').waitFor()
  expect(await page.locator('main').innerText()).not.toContain('no channel')
})

it.each(['runs', 'days'])(
  'does not say of a monitor whose %s are not loaded yet that there are none',
  async (what) => {
    const server = await start()
    await ping(server, 'job', 'success')
    const { page } = await openPage()
    let letGo = (): void => {}
    const held = new Promise<void>((resolve) => (letGo = resolve))
    const isHeld = new Promise<void>((resolve) => {
      void page.route(`**/monitors/job/${what}`, async (route) => {
        resolve()
        await held
        await route.continue()
      })
    })
    await page.goto(`${server.url}/#/monitors/job`)
    await isHeld
    await page.getByText('Loading …').waitFor()
    expect(await page.locator('main').innerHTML()).not.toMatch(/no runs|No run/)

    letGo()
    await expect.poll(() => page.locator('.days li').last().getAttribute('aria-label')).toContain('1 success')
  },
)
