import { expect, it } from 'vitest'
import { openPage } from './support/browser.ts'
import { job, row, start } from './support/one-job.ts'
import { ping } from './support/production-day.ts'

it('goes through monitors and runs with j and k, and shows its keys with a question mark', async () => {
  const server = await start({
    monitors: [
      { ...job, id: 'one' },
      { ...job, id: 'two' },
    ],
  })
  for (const id of ['one', 'two']) await ping(server, id, 'success')
  const { page } = await openPage()
  await page.goto(server.url)
  await row(page, 'two').waitFor()
  const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent')

  await page.keyboard.press('j')
  expect(await focused()).toBe('one')
  await page.keyboard.press('j')
  expect(await focused()).toBe('two')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  expect(await focused()).toBe('one')
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keys' })
  await help.waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'hidden' })
  await page.keyboard.press('/')
  await page.keyboard.type('j?')
  expect(await page.getByLabel('Search').inputValue()).toBe('j?')
  await page.getByLabel('Search').fill('')
  await row(page, 'two').waitFor()
  await page.evaluate('document.activeElement.blur()')
  await page.keyboard.press('k')
  expect(await focused()).toBe('two')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'two', exact: true }).waitFor()
  await page.getByRole('table').getByRole('link').first().waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Close' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Close' }).waitFor({ state: 'detached' })
})
