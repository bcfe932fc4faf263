import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../../dist/demo.js', import.meta.url))

it('watches a script of a crontab, which ends as it would without', async () => {
  const child = spawn(process.execPath, [PROGRAM], { timeout: 30_000 })
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))

  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed])

  expect(stderr).toBe('')
  expect(stdout.match(/the script ended with \d/g)).toEqual(
    [0, 0, 1, 0].map((end) => `the script ended with ${end}`),
  )
  expect(stdout).toContain('TypeError: east.json is no list of orders')
  expect(stdout).toContain('As promised: alerts silent_failure, failure, recovery, missed')
  expect(code).toBe(0)
})
