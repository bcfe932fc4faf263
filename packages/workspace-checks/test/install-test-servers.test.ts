import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, expect, it } from 'vitest'

const SCRIPT = resolve(import.meta.dirname, '../../../.config/install-test-servers.sh')
const machines: string[] = []

afterEach(() => {
  for (const machine of machines.splice(0)) rmSync(machine, { recursive: true, force: true })
})

/** A machine that has these commands and no others; each is a line of shell. */
function machineWith(commands: Readonly<Record<string, string>>): {
  readonly run: () => { status: number | null; stdout: string; stderr: string }
  readonly installed: () => string
} {
  const bin = mkdtempSync(join(tmpdir(), 'crontify-machine-'))
  const log = join(bin, 'installed.txt')
  machines.push(bin)
  symlinkSync('/usr/bin/env', join(bin, 'env'))
  writeFileSync(log, '')
  for (const [name, line] of Object.entries(commands)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${line.replaceAll('$LOG', log)}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  return {
    run: () => spawnSync('/bin/sh', [SCRIPT], { encoding: 'utf8', env: { PATH: bin } }),
    installed: () => readFileSync(log, 'utf8'),
  }
}

const ROOT = 'echo 0'
const SOMEBODY = 'echo 1000'
const APT = 'echo "$@" >> $LOG'

it('does nothing, without a word, where all is there', () => {
  const machine = machineWith({
    'redis-server': 'true',
    chromium: 'true',
    cron: 'true',
    'systemd-analyze': 'true',
    id: ROOT,
    'apt-get': APT,
  })

  expect(machine.run()).toMatchObject({ status: 0, stdout: '', stderr: '' })
  expect(machine.installed()).toBe('')
})

it('installs what is missing where it may', () => {
  const machine = machineWith({ id: ROOT, 'apt-get': APT })

  expect(machine.run()).toMatchObject({
    status: 0,
    stdout: 'Installing for the tests: redis-server chromium cron systemd\n',
  })
  expect(machine.installed()).toMatch(/^update.*\ninstall -y .*redis-server chromium cron systemd\n$/)
})

it('installs no more than what is missing', () => {
  const machine = machineWith({ 'redis-server': 'true', id: ROOT, 'apt-get': APT })

  machine.run()
  expect(machine.installed()).toMatch(/install -y [^\n]* chromium cron systemd\n$/)
  expect(machine.installed()).not.toContain('redis')
})

it('asks sudo for what takes root', () => {
  const machine = machineWith({ id: SOMEBODY, sudo: 'shift; "$@"', 'apt-get': APT, true: 'exit 0' })

  expect(machine.run()).toMatchObject({ status: 0, stderr: '' })
  expect(machine.installed()).toContain('install')
})

it.each([
  ['this machine has no apt-get', { id: ROOT }],
  ['installing takes root', { id: SOMEBODY, sudo: 'exit 1', 'apt-get': APT }],
  ['installing failed', { id: ROOT, 'apt-get': 'echo no network; exit 100' }],
])('says what to do where %s, and lets the tests go on', (reason, commands) => {
  const ended = machineWith(commands).run()

  expect(ended.status).toBe(0)
  expect(ended.stderr).toContain(
    `The tests need redis-server chromium cron systemd, and ${reason}. Install by hand: apt-get install redis-server chromium cron systemd`,
  )
})
