import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type BrowserContext, type Page, chromium } from 'playwright-core'
import { onTestFinished } from 'vitest'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A page of a real browser, closed at the end of the test; what it complains of ends up in `complaints`. */
export interface OpenPage {
  readonly page: Page
  /** The others, where more were asked for. */
  readonly tabs: readonly Page[]
  readonly complaints: string[]
}

/**
 * Opens a page of a window of its own.
 *
 * @throws {Error} where no Chromium is installed: a test that needs one fails then, and says how to get it.
 */
export async function openPage(
  options: { readonly width?: number; readonly dark?: boolean; readonly more?: number } = {},
): Promise<OpenPage> {
  const { width = 1_200, dark = false, more = 0 } = options
  const profile = mkdtempSync(join(tmpdir(), 'crontify-browser-'))
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: executable(),
    args: QUIET,
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  onTestFinished(async () => {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  const tabs: Page[] = []
  for (let count = 0; count < more; count += 1) tabs.push(await context.newPage())
  return { page, tabs, complaints }
}

function executable(): string {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path))
  if (found === undefined) {
    throw new Error('There is no Chromium on the PATH: install it, on Debian with apt-get install chromium')
  }
  return found
}
