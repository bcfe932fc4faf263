import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../../dist/demo.js', import.meta.url))

it('watches a script in bash, and stops what hangs', async () => {
  const child = spawn(process.execPath, [PROGRAM], { timeout: 50_000 })
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))

  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed])

  expect(stderr).toBe('')
  expect(stdout).toContain('backup.sh exited with code 1: mkdir: cannot create directory')
  expect(stdout).toContain('backup.sh was stopped after 3s')
  expect(stdout).toContain(
    'As promised: alerts silent_failure, failure, recovery, failure, missed; ended with 0, 0, 1, 0, 75, 124',
  )
  expect(code).toBe(0)
})
