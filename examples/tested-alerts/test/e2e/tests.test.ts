import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const EXAMPLE = fileURLToPath(new URL('../../', import.meta.url))
const VITEST = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')

/** A newcomer's `npm test`, in a copy whose definitions are changed. */
async function testsWith(
  change: (definitions: string) => string,
): Promise<{ readonly code: number | null; readonly output: string }> {
  // Inside of the example, so that its packages are found.
  const copy = await mkdtemp(join(EXAMPLE, '.copy-'))
  try {
    await cp(join(EXAMPLE, 'src'), join(copy, 'src'), { recursive: true })
    await cp(join(EXAMPLE, 'vitest.config.ts'), join(copy, 'vitest.config.ts'))
    const definitions = join(copy, 'src/monitors.ts')
    await writeFile(definitions, change(await readFile(definitions, 'utf8')))
    const env = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', HOME: copy }
    const child = spawn(process.execPath, [VITEST, 'run'], { cwd: copy, env, timeout: 50_000 })
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
    const [code, stdout, stderr] = await Promise.all([closed, text(child.stdout), text(child.stderr)])
    return { code, output: stdout + stderr }
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

it('is green as it stands', async () => {
  const { code, output } = await testsWith((definitions) => definitions)

  expect(output).toContain('6 passed')
  expect(code).toBe(0)
})

it.each([
  ['the rule is taken out', /\n {2}rules: .*/, '', 'somebody when the feed is empty'],
  ['nobody is told', "channels: ['on-call']", 'channels: []', 'somebody when the feed is empty'],
  ['the grace period is an hour', 'graceSeconds: 600', 'graceSeconds: 3_600', 'when the sync does not run'],
  [
    'a run may take two hours',
    'maxDurationSeconds: 1_800',
    'maxDurationSeconds: 7_200',
    'somebody when the sync hangs',
  ],
] as const)('goes red when %s', async (_what, part, instead, test) => {
  const { code, output } = await testsWith((definitions) => {
    const changed = definitions.replace(part, instead)
    expect(changed).not.toBe(definitions)
    return changed
  })

  expect(code).toBe(1)
  expect(output).toMatch(new RegExp(`FAIL .*${test}`))
  expect(output).toContain('user-sync is ')
})
