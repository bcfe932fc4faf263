import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../../dist/demo.js', import.meta.url))

it('survives killed workers, and ends with exactly the alerts that it promises', async () => {
  const child = spawn(process.execPath, [PROGRAM], { timeout: 50_000 })
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))

  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed])

  expect(stderr).toBe('')
  expect(stdout.match(/is gone/g)).toHaveLength(3)
  expect(stdout.match(/did it/g)).toHaveLength(3)
  expect(stdout).toContain('As promised: alerts hung, recovery')
  expect(code).toBe(0)
})
