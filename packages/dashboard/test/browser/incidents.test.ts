import { expect, it } from 'vitest'
import { openPage } from './support/browser.ts'
import { job, row, start } from './support/one-job.ts'
import { ping } from './support/production-day.ts'

it('shows an outage as one incident from its first alert to its recovery', async () => {
  const server = await start({
    monitors: [
      { ...job, tags: ['billing'] },
      { ...job, id: 'other' },
    ],
  })
  await ping(server, 'job', 'success')
  await server.advance('20m')
  await ping(server, 'job', 'fail', { errorMessage: 'the *disk* is full' })
  await server.advance('10m')
  await ping(server, 'job', 'success')
  await ping(server, 'other', 'fail', { errorMessage: 'no route' })
  const { page } = await openPage()
  await page.goto(`${server.url}/#/incidents`)
  const incidents = page.getByRole('list', { name: 'Incidents' }).locator(':scope > li')

  await expect.poll(() => incidents.count()).toBe(2)
  // Notifications are loaded by another request.
  await expect
    .poll(() => incidents.first().innerText())
    .toMatch(/other\s+open since[\s\S]*no route[\s\S]*Notified: ops/)
  const closed = incidents.nth(1)
  expect(await closed.innerText()).toMatch(/job\s+opened 1\d min ago, closed after 1\d min[\s\S]*3 alerts/)
  await closed.getByText('3 alerts').click()
  expect(await closed.locator('.alert .pill').allInnerTexts()).toEqual([
    'critical · missed',
    'critical · failure',
    'info · recovery',
  ])
})

it('copies an incident as a post-mortem, with what Markdown reads as its own escaped', async () => {
  const server = await start()
  await ping(server, 'job', 'fail', { errorMessage: 'the *disk* is full' })
  const { page } = await openPage()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${server.url}/#/incidents`)

  await page.getByRole('button', { name: 'Copy as post-mortem' }).click()
  await page.getByRole('button', { name: 'Copied' }).waitFor()

  const text = await page.evaluate<string>('navigator.clipboard.readText()')
  expect(text).toMatch(/^# job: critical incident of \d{4}-\d\d-\d\d [\d:]+ UTC$/m)
  expect(text).toContain('- **Closed:** not yet\n')
  expect(text).toContain('- **Notified:** ops\n')
  expect(text).toContain(String.raw`the \*disk\* is full`)
})

it('keeps filters in the address, over a monitor and Back', async () => {
  const server = await start({ monitors: [job, { ...job, id: 'other' }] })
  await ping(server, 'job', 'fail')
  await ping(server, 'other', 'fail')
  const { page } = await openPage()
  await page.goto(`${server.url}/#/incidents`)
  await page.locator('.incident').first().waitFor()

  await page.keyboard.press('/')
  await page.keyboard.type('oth')
  await page.getByLabel('State').selectOption('open')
  expect(page.url()).toContain('#/incidents?search=oth&state=open')
  await page.locator('.incident').getByRole('link', { name: 'other' }).click()
  await page.getByRole('heading', { name: 'other', exact: true }).waitFor()
  await page.goBack()

  await page.getByRole('heading', { name: 'Incidents' }).waitFor()
  expect(await page.getByLabel('Search').inputValue()).toBe('oth')
  expect(await page.locator('.incident header a').allInnerTexts()).toEqual(['other'])
  await page.goto(`${server.url}/#/?search=job`)
  await page.reload()
  await expect.poll(() => page.locator('.monitors .name a').allInnerTexts()).toEqual(['job'])
})

it('says with a heading that a monitor does not exist, and leads back', async () => {
  const server = await start()
  await ping(server, 'job', 'success')
  const { page } = await openPage()
  await page.goto(`${server.url}/#/monitors/nowhere`)

  await page.getByRole('heading', { name: 'Monitor not available' }).waitFor()
  expect(await page.locator('main').innerText()).toContain('nowhere')
  await page.getByRole('link', { name: 'All monitors' }).click()

  await row(page, 'job').waitFor()
})

it('keeps the colors of days where the system forces its own', async () => {
  const server = await start()
  await ping(server, 'job', 'success')
  const { page } = await openPage()
  await page.goto(`${server.url}/#/monitors/job`)
  const day = page.locator('.days li').last().locator('span').first()
  const color = (): Promise<string> =>
    page.evaluate<string>(
      'getComputedStyle(document.querySelector(".days li:last-child span")).backgroundColor',
    )
  await day.waitFor()
  const usual = await color()

  await page.emulateMedia({ forcedColors: 'active' })

  expect(await color()).toBe(usual)
})

it('acknowledges an incident with a note, which the first page, the monitor and the post-mortem show', async () => {
  const server = await start()
  await ping(server, 'job', 'fail', { errorMessage: 'the disk is full' })
  const { page } = await openPage()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${server.url}/#/incidents`)
  await page.getByLabel('Note for the team').fill('I am replacing the disk')
  await page.getByRole('button', { name: 'Acknowledge' }).click()
  await page.getByText('Acknowledged 2026-01-05 00:00:00 UTC: I am replacing the disk').waitFor()
  await page.getByRole('button', { name: 'Copy as post-mortem' }).click()
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain(
    '**Acknowledged:** 2026-01-05 00:00:00 UTC: I am replacing the disk',
  )
  for (const hash of ['#/', '#/monitors/job']) {
    await page.goto(`${server.url}/${hash}`)
    await page.locator('dd').getByText('I am replacing the disk').waitFor()
  }
})

it('claims nothing about notifications before they are loaded', async () => {
  const server = await start()
  await ping(server, 'job', 'fail', { errorMessage: 'the disk is full' })
  const { page } = await openPage()
  let letGo = (): void => {}
  const held = new Promise<void>((resolve) => (letGo = resolve))
  await page.route('**/__control/told', async (route) => {
    await held
    await route.continue()
  })
  await page.goto(`${server.url}/#/monitors/job`)
  const alert = page.locator('.alert.critical')
  await alert.waitFor()
  expect(await alert.innerText()).not.toMatch(/No channel|no longer/)
  await page.goto(`${server.url}/#/incidents`)
  await page.getByText('1 alert', { exact: true }).waitFor()
  expect(await page.getByRole('button', { name: 'Copy as post-mortem' }).count()).toBe(0)

  letGo()
  await page.getByRole('button', { name: 'Copy as post-mortem' }).waitFor()
  await page.getByText('Notified: ops').waitFor()
})
