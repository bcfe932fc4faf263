import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../../dist/demo.js', import.meta.url))

it('leads from the message to the trace, with the lines of the logger', async () => {
  const child = spawn(process.execPath, [PROGRAM], { timeout: 20_000 })
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))

  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed])

  expect(stderr).toBe('')
  expect(stdout).toMatch(/^trace_id=[0-9a-f]{32}\nError: the database is gone\n {4}at /)
  expect(stdout).toContain('{"level":30,"msg":"reading rows"}')
  expect(stdout).toMatch(/ {2}run nightly-report: the database is gone\n {2}read rows\n/)
  expect(code).toBe(0)
})
