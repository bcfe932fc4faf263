import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../../dist/demo.js', import.meta.url))

it('sees behind an answer that is always 202, and ends with exactly the alerts that it promises', async () => {
  const child = spawn(process.execPath, [PROGRAM], { timeout: 20_000 })
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))

  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed])

  expect(stderr).toBe('')
  expect(stdout.match(/the route says 202/g)).toHaveLength(4)
  expect(stdout.match(/the route says 401/g)).toHaveLength(1)
  expect(stdout).toContain('As promised: alerts silent_failure, recovery, failure, missed')
  expect(code).toBe(0)
})
