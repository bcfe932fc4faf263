import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../../dist/demo.js', import.meta.url))

function run(...parameters: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...parameters], { timeout: 50_000 })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += String(chunk)))
    child.stderr.on('data', (chunk: Buffer) => (stderr += String(chunk)))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

it('shows every kind of event and ends well', async () => {
  const { code, stdout, stderr } = await run()

  expect(stderr).toBe('')
  expect(stdout).toMatch(/01-05 00:00 {5}files-backup {2}success {2}files_copied=3/)
  expect(stdout).toMatch(/!! ALERT failure .*ledger\.txt could not be backed up/)
  expect(stdout).toMatch(/\| Error: ledger\.txt could not be backed up/)
  for (const type of ['silent_failure', 'overlapped', 'hung', 'missed', 'recovery']) {
    expect(stdout).toMatch(new RegExp(`ALERT ${type} `))
  }
  expect(stdout).not.toContain('MISSING')
  expect(code).toBe(0)
})

it('ends with 1 and says what is missing when an expected alert does not come', async () => {
  const { code, stdout } = await run('--calm')

  expect(stdout).toContain('MISSING  files-backup failure')
  expect(stdout).toContain('seen     a healthy night')
  expect(code).toBe(1)
})

it('can be followed in the dashboard, and ends when it is asked to', async () => {
  const child = spawn(process.execPath, [PROGRAM, '--stay'], { timeout: 50_000 })
  let stdout = ''
  for await (const chunk of child.stdout) {
    stdout += String(chunk)
    if (stdout.includes('to follow them')) break
  }
  const link = /Open (\S+) to follow them/.exec(stdout)?.[1] ?? ''

  expect(await (await fetch(link)).text()).toContain('<title>Crontify, local</title>')
  child.kill('SIGINT')
  expect(await once(child, 'close')).toEqual([0, null])
})
