import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runProgram, type Ended } from './run-program.ts'

const ROOT = resolve(import.meta.dirname, '../../../..')
/** It reads the types of every package; on a machine that is busy with other tests that takes minutes. */
const LONGEST_BUILD_MS = 600_000
const TYPEDOC = join(ROOT, 'node_modules/typedoc/bin/typedoc')
const site = mkdtempSync(join(tmpdir(), 'crontify-api-'))
let built: Ended

beforeAll(async () => {
  built = await runProgram(
    process.execPath,
    [TYPEDOC, '--options', '.config/typedoc.json', '--logLevel', 'Warn', '--out', site],
    {
      cwd: ROOT,
      timeoutMs: LONGEST_BUILD_MS,
    },
  )
}, LONGEST_BUILD_MS + 10_000)
afterAll(() => rmSync(site, { recursive: true, force: true }))

it('documents everything that is exported, and names nothing that is not', () => {
  expect(built).toEqual({ code: 0, stdout: '', stderr: '' })
})

it('has a page for each public package', () => {
  const names = readdirSync(join(ROOT, 'packages'))
    .map(
      (folder) =>
        JSON.parse(readFileSync(join(ROOT, 'packages', folder, 'package.json'), 'utf8')) as Manifest,
    )
    .filter((manifest) => manifest.private !== true)
    .map(({ name }) => `_${name.slice(1).replace('/', '_')}.html`)

  expect(names.length).toBeGreaterThan(8)
  expect(readdirSync(join(site, 'modules'))).toEqual(expect.arrayContaining(names))
})

it('has no link without a target', () => {
  const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.html'),
  )

  expect(pages.length).toBeGreaterThan(100)
  expect(pages.flatMap(brokenLinks)).toEqual([])
})

it('shows guides by their titles, the quick start first, and no decisions', () => {
  const guides = readdirSync(join(site, 'documents'))

  expect(guides).toContain('Quick_start.html')
  expect(guides.filter((name) => /decision|docs_/.test(name))).toEqual([])
  expect(read('documents/Quick_start.html').match(/<h1/g)).toHaveLength(1)
})

it('links each export to its source', () => {
  const { homepage } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { homepage: string }
  const page = read('classes/_crontify_sdk.index.CrontifyMonitor.html')
  const linked = [...page.matchAll(/href="([^"]+)#L\d+"/g)].map(([, url = '']) => url)

  expect(linked.length).toBeGreaterThan(3)
  for (const url of linked)
    expect(existsSync(join(ROOT, url.slice(`${homepage}/blob/main/`.length)))).toBe(true)
})

interface Manifest {
  readonly name: string
  readonly private?: boolean
}

function brokenLinks(page: string): string[] {
  const links = [...read(page).matchAll(/ href="([^"]*)"/g)].map(([, link = '']) => link)
  return links
    .filter((link) => !/^(?:https?|mailto):/.test(link) && !isThere(page, link))
    .map((link) => `${page}: ${link}`)
}

function isThere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#').map(decodeURIComponent)
  const target = path === '' ? page : join(dirname(page), path)
  if (!existsSync(join(site, target))) return false
  const file = statSync(join(site, target)).isDirectory() ? join(target, 'index.html') : target
  return existsSync(join(site, file)) && (!anchor || anchorsOf(file).has(anchor))
}

const texts = new Map<string, string>()
function read(file: string): string {
  const text = texts.get(file) ?? readFileSync(join(site, file), 'utf8')
  texts.set(file, text)
  return text
}

const anchors = new Map<string, ReadonlySet<string>>()
function anchorsOf(file: string): ReadonlySet<string> {
  const found =
    anchors.get(file) ?? new Set([...read(file).matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id))
  anchors.set(file, found)
  return found
}
