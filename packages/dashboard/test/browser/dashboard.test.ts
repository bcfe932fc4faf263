import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createMockServer } from '@crontify/mock-server'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { openPage } from './support/browser.ts'
import { job, ops, row, start } from './support/one-job.ts'
import { ping, productionDay } from './support/production-day.ts'

/** A folder: with it, the pages are photographed as well. */
const SHOTS = process.env['DASHBOARD_SHOTS']
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** For the documents; nothing where nobody asked for it. */
async function photograph(page: Page, hash: string, dark: boolean): Promise<void> {
  if (SHOTS === undefined) return
  const name =
    hash.split('/').length > 3 ? 'run' : hash.includes('monitors/') ? 'monitor' : hash.slice(2) || 'monitors'
  await page.screenshot({ path: join(SHOTS, `${name}${dark ? '-dark' : ''}.png`) })
}

it('tells from the page alone which job failed, why, and who was told', async () => {
  const server = await productionDay()
  const { page, complaints } = await openPage()
  const foreign: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(`${server.url}/`)) foreign.push(request.url())
  })

  await page.goto(`${server.url}/`)
  await page.getByRole('heading', { name: '1 failing, 1 never ran' }).waitFor()
  expect(await page.title()).toBe('(1) Monitors · Crontify, local')
  const first = page.getByRole('list', { name: 'What needs attention' }).getByRole('listitem').first()
  expect(await first.innerText()).toMatch(/failing[\s\S]*Nightly backup[\s\S]*disk is full[\s\S]*ops-slack/)
  expect(await page.getByRole('row').nth(1).innerText()).toMatch(
    /Nightly backup\s.*disk is full[\s\S]*failing[\s\S]*failed/,
  )
  expect(await row(page, 'Queue worker').innerText()).toContain('100 %')

  await first.getByRole('link', { name: 'Nightly backup' }).click()
  await page.getByRole('heading', { name: 'Nightly backup' }).waitFor()
  expect(await page.locator('.why').innerText()).toContain('pg_dump: error: disk is full')
  expect(
    await page.getByRole('list', { name: 'Runs of the last 30 days' }).getByRole('listitem').count(),
  ).toBe(30)
  expect(await page.locator('.chart [role=img]').getAttribute('aria-label')).toBe(
    '20 durations, 95 of 100 successful ones no longer than 45 min; maximum 1 h; 1 failed; 1 slow',
  )
  expect(await page.locator('.chart canvas').count()).toBe(1)
  await page.getByText('maxDurationSeconds: 6750').waitFor()

  await page.getByRole('table', { name: 'Runs of Nightly backup' }).getByRole('link').first().click()
  const detail = page.getByRole('region', { name: /^Run / })
  await detail.getByText('pg_dump: error: disk is full').waitFor()
  const log = detail.getByLabel('Log', { exact: true })
  await log.waitFor()
  expect(await log.innerText()).toContain('copied part 39 of 40')
  expect(await log.innerText()).not.toContain('copied part 1 of 40')
  await detail.getByRole('button', { name: 'Show all 40 lines' }).click()
  expect(await log.innerText()).toContain('copied part 1 of 40')
  await detail.getByLabel('Find in the log').fill('PART 7 ')
  expect(await log.innerText()).toMatch(/^.*copied part 7 of 40\s*$/)
  expect(await detail.locator('.differences').innerText()).toMatch(/rows\s+90018/)
  await page.keyboard.press('Escape')
  await detail.getByText('the latest failure').waitFor()

  const alert = page.locator('.alert.critical').first()
  expect(await alert.innerText()).toContain('critical · failure')
  await alert.getByRole('button', { name: /ops-slack/ }).click()
  expect(await alert.locator('.preview.slack').innerText()).toContain('disk is full')
  await alert.getByRole('button', { name: /ops-mail/ }).click()
  expect(await alert.locator('.preview.email').innerText()).toContain('To: ops@example.com')

  await page.goto(`${server.url}/#/incidents?severity=warning`)
  await page.locator('.incident').filter({ hasText: 'records_processed' }).locator('summary').first().click()
  const silent = page.locator('.alert.warning').filter({ hasText: 'silent failure' })
  await silent.getByRole('link').click()
  await page.getByText('fires: records_processed is 0, equal to 0').waitFor()
  expect([...complaints, ...foreign]).toEqual([])
})

it('finds monitors by name, status, tier and tag, those that fail first', async () => {
  const server = await start({
    monitors: [
      { id: 'nightly-backup', tier: 1, tags: ['database'] },
      { id: 'hourly-sync', tier: 2, tags: ['crm'] },
      { id: 'weekly-report', tier: 2, tags: ['finance'] },
    ],
  })
  await ping(server, 'weekly-report', 'fail')
  await ping(server, 'hourly-sync', 'success')
  const { page } = await openPage()
  await page.goto(server.url)
  const names = async (): Promise<string[]> => page.locator('.monitors .name a').allInnerTexts()

  await expect.poll(names).toEqual(['weekly-report', 'hourly-sync', 'nightly-backup'])
  await page.getByLabel('Search').fill('CRM')
  expect(await names()).toEqual(['hourly-sync'])
  await page.getByLabel('Status').selectOption('failing')
  expect(await page.getByText('No monitor is like that.').isVisible()).toBe(true)
  await page.getByRole('button', { name: 'Show all 3' }).click()
  await page.getByLabel('Tier').selectOption('2')
  expect(await names()).toEqual(['weekly-report', 'hourly-sync'])
  await page.getByLabel('Tag').selectOption('finance')
  expect(await names()).toEqual(['weekly-report'])
})

it('turns live with the first ping', async () => {
  const server = await start({ clock: 'system', monitors: [], channels: [] })
  const { page, complaints } = await openPage()
  await page.goto(server.url)

  await page.getByRole('heading', { name: 'Connect a job' }).waitFor()
  await page.getByRole('button', { name: 'add nightly-backup' }).click()
  const lines = page.getByLabel('Lines for Node', { exact: true })
  await expect.poll(() => lines.innerText()).toContain(`baseUrl: '${server.url}'`)
  expect(await lines.innerText()).toContain(`apiKey: '${server.apiKey}'`)
  await expect.poll(() => server.monitors().map(({ id }) => id)).toEqual(['nightly-backup'])
  await ping(server, 'nightly-backup', 'success')

  await page.getByRole('heading', { name: 'Nothing needs attention' }).waitFor()
  expect(await row(page, 'nightly-backup').innerText()).toContain('success')
  expect(complaints).toEqual([])
})

it('pauses, resumes, sends a test alert, and moves the clock to what is expected next', async () => {
  const server = await start()
  await ping(server, 'job', 'success')
  const { page } = await openPage()
  await page.goto(`${server.url}/#/monitors/job`)

  await page.getByRole('button', { name: 'Pause …' }).click()
  await page.locator('.pause select').selectOption('4 hours')
  await page.getByLabel('Reason').fill('moving the database')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await page.getByText('until 2026-01-05 04:00:00 UTC: moving the database').waitFor()
  expect(server.monitor('job')).toMatchObject({
    status: 'paused',
    pause: { until: '2026-01-05T04:00:00.000Z', reason: 'moving the database' },
  })
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByRole('button', { name: 'Pause …' }).waitFor()
  expect(server.monitor('job').status).toBe('active')

  await page.getByRole('button', { name: 'to the next expected run' }).click()
  await expect.poll(() => server.now()).toBe('2026-01-05T00:10:00.000Z')
  await page.getByRole('button', { name: '+5 min' }).click()
  await page.locator('.alert.critical').getByText('did not run').waitFor()
  await page.getByRole('button', { name: '+1 day' }).click()
  await expect.poll(() => server.now()).toBe('2026-01-06T00:15:00.000Z')

  await page.getByRole('link', { name: 'Channels' }).click()
  await page.getByRole('button', { name: 'Send a test alert' }).click()
  await page
    .locator('.preview.email')
    .getByText(/This is a test of the channel/)
    .first()
    .waitFor()
  expect(server.notifications('ops').at(-1)?.alertType).toBe('test')
})

it('lets the server misbehave, and takes it back', async () => {
  const server = await start()
  await ping(server, 'job', 'success')
  const { page, complaints } = await openPage()
  await page.goto(`${server.url}/#/faults`)

  await page.locator('label').filter({ hasText: /^To/ }).locator('select').selectOption('job')
  await page.getByRole('button', { name: 'Add' }).click()
  await page.getByText('job: the server answers with an error status 503').waitFor()
  await expect(ping(server, 'job', 'success')).rejects.toThrow('503')
  await page.getByText('befell 1 of 3').waitFor()
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByText('Nothing goes wrong on purpose.').waitFor()
  expect(server.faults.list()).toEqual([])

  await page.getByLabel('Status', { exact: true }).fill('99')
  await page
    .getByLabel('Status', { exact: true })
    .evaluate((input) => ((input as unknown as { form: { noValidate: boolean } }).form.noValidate = true))
  await page.getByRole('button', { name: 'Add' }).click()
  await page
    .getByRole('alert')
    .getByText(/status/)
    .waitFor()
  expect(complaints).toHaveLength(1)
  expect(complaints[0]).toContain('400')
})

it('shows on which past runs a rule would have alerted, before it is saved', async () => {
  const server = await start()
  for (const rows of [10, 0, 12, 0]) await ping(server, 'job', 'success', { meta: { rows } })
  const { page } = await openPage()
  await page.goto(`${server.url}/#/monitors/job`)

  await page.getByRole('button', { name: 'Add a rule' }).click()
  await page.getByText('Would have alerted on 2 of 4 good runs').waitFor()
  await page.getByLabel('Operator of rule 1').selectOption('gt')
  await page.getByLabel('Threshold of rule 1').fill('11')
  await page.getByText('Would have alerted on 1 of 4 good runs').waitFor()
  expect(server.monitor('job').definition.rules).toBeUndefined()
  await page.getByRole('button', { name: 'Save rules' }).click()

  await expect
    .poll(() => server.monitor('job').definition.rules)
    .toEqual([{ field: 'rows', operator: 'gt', threshold: 11 }])
  await expect.poll(() => page.getByRole('button', { name: 'Save rules' }).isDisabled()).toBe(true)
})

it('comes back to a server that was started again', async () => {
  const first = await createMockServer({ monitors: [job], channels: [ops], apiKeys: ['k'] })
  const port = Number(new URL(first.url).port)
  await ping(first, 'job', 'success')
  const { page } = await openPage()
  await page.goto(first.url)
  await row(page, 'job').waitFor()

  await first.close()
  await page.getByText('The server does not answer.').waitFor()
  // Its control token is another one.
  const second = await createMockServer({ monitors: [job], channels: [ops], apiKeys: ['k'], port })
  onTestFinished(() => second.close())
  await ping(second, 'job', 'fail')

  await page.getByRole('heading', { name: '1 failing' }).waitFor()
  expect(await page.getByText('The server does not answer.').count()).toBe(0)
})

it('shows whatever a job says as text', async () => {
  const evil = '<img src=x onerror=alert(1)></script><script>alert(2)</script>\u2028"&'
  const server = await start({
    monitors: [{ ...job, name: evil, tags: [evil.slice(0, 50)], runbook: 'javascript:alert(3)' } as never],
    channels: [ops],
  }).catch(async () => start({ monitors: [{ ...job, name: evil }] }))
  await ping(server, 'job', 'fail', {
    errorMessage: evil,
    logOutput: `${evil}\n`.repeat(20),
    meta: { rows: 1 },
  })
  const { page, complaints } = await openPage()

  for (const hash of [
    '#/',
    '#/monitors/job',
    `#/monitors/job/runs/${server.runs('job')[0]?.runId}`,
    '#/incidents',
    `#/monitors/${encodeURIComponent(evil)}`,
  ]) {
    await page.goto(`${server.url}/${hash}`)
    await page.reload()
    await page.locator('main h1, main .empty').first().waitFor()
  }
  await page.goto(`${server.url}/#/incidents`)
  await page.getByText('1 alert', { exact: true }).click()
  await page.getByRole('button', { name: /ops/ }).click()
  await page.locator('.preview').waitFor()

  expect(await page.locator('main').innerText()).toContain('<img src=x onerror=alert(1)>')
  expect(await page.locator('img, main script, iframe, a[href^="javascript"]').count()).toBe(0)
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([])
})

it.each([false, true])('has nothing that keeps people out, dark: %s', async (dark) => {
  const server = await productionDay()
  const { page } = await openPage({ dark })
  const runId = server.runs('nightly-backup').at(-1)?.runId ?? ''
  for (const hash of [
    '#/',
    '#/monitors/nightly-backup',
    `#/monitors/nightly-backup/runs/${runId}`,
    '#/incidents',
    '#/channels',
    '#/faults',
    '#/connect',
  ]) {
    await page.goto(`${server.url}/${hash}`)
    await page.locator('main h1').waitFor()
    await photograph(page, hash, dark)
    await page.evaluate(AXE)
    const findings = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> }
      }
      const { violations } = await axe.run()
      return violations.map(({ id, impact, nodes }) => `${impact} ${id} ${nodes[0]?.html}`)
    })
    expect(findings, hash).toEqual([])
  }
})

it('is used with the keyboard alone', async () => {
  const server = await start()
  await ping(server, 'job', 'success')
  const { page } = await openPage()
  await page.goto(server.url)
  await row(page, 'job').waitFor()

  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent')).toContain('To the content')
  await page.keyboard.press('Enter')
  for (let tabs = 0; tabs < 12; tabs += 1) {
    await page.keyboard.press('Tab')
    if ((await page.evaluate('document.activeElement.textContent')) === 'job') break
  }
  await page.keyboard.press('Enter')

  await page.getByRole('heading', { name: 'job', exact: true }).waitFor()
  expect(await page.evaluate('document.activeElement.tagName')).toBe('H1')
})

it('stays quick with 1,000 monitors and 100,000 runs', async () => {
  const monitors = Array.from({ length: 1_000 }, (_, index) => ({
    id: `job-${String(index).padStart(4, '0')}`,
    everySeconds: 600,
  }))
  const server = await start({
    monitors,
    channels: [],
    rateLimitPerMinute: Infinity,
    keep: { pings: 1, runsPerMonitor: 100 },
  })
  const body = { method: 'POST', headers: { 'X-API-Key': server.apiKey } }
  for (let count = 0; count < 100; count += 1) {
    for (const { id } of monitors) await server.fetch(`http://mock/api/v1/ping/${id}/success`, body)
  }
  const { page } = await openPage()
  await page.goto(server.url)
  await row(page, 'job-0000').waitFor()

  expect(await page.getByRole('row').count()).toBeLessThan(50)
  expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('1001')
  await page.locator('.scroller').evaluate((place) => {
    place.scrollTop = place.scrollHeight
  })
  await row(page, 'job-0999').waitFor()
  await page.getByLabel('Search').fill('0500')
  await row(page, 'job-0500').getByRole('link').click()
  await page.getByText('100 runs', { exact: true }).waitFor()
  const stallMs = await page.evaluate<number>(`(async () => {
    let longest = 0
    let last = performance.now()
    for (let frame = 0; frame < 30; frame += 1) {
      await new Promise(requestAnimationFrame)
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }
    return longest
  })()`)
  expect(stallMs).toBeLessThan(1_000)
})

it('needs the link that the server prints where other machines can open the page', async () => {
  const server = await start({ allowHosts: ['crontify'] })
  const { page } = await openPage()
  await page.goto(server.url)
  await page.getByText('This link is not complete').waitFor()

  await page.goto(server.dashboardUrl ?? '')
  await page.reload()
  await page.getByRole('heading', { name: 'Connect a job' }).waitFor()
  expect(page.url()).not.toContain(server.controlToken)
})
