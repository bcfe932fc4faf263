import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { isProcessAlive, lockFile } from './lock-file.ts'

function path(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mock-lock-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return join(folder, 'data.jsonl')
}

it('lets one have a file until it lets go', () => {
  const data = path()
  const release = lockFile(data, 7, () => true)

  expect(() => lockFile(data, 8, () => true)).toThrow(
    `Cannot use the data file ${data}: process 7 is using it. Stop that server, choose another file, or remove ${data}.lock if no server runs`,
  )
  release()
  lockFile(data, 8, () => true)
  expect(readFileSync(`${data}.lock`, 'utf8')).toBe('8')
})

it('takes over what a dead process has left behind', () => {
  const data = path()
  lockFile(data, 7, () => true)
  const release = lockFile(data, 8, (pid) => pid !== 7)

  expect(readFileSync(`${data}.lock`, 'utf8')).toBe('8')
  release()
  expect(existsSync(`${data}.lock`)).toBe(false)
})

it('leaves a sign alone that it cannot read', () => {
  const data = path()
  writeFileSync(`${data}.lock`, '')

  expect(() => lockFile(data, 8, () => false)).toThrow('somebody is using it')
  expect(existsSync(`${data}.lock`)).toBe(true)
})

it('passes on that the directory is missing', () => {
  expect(() => lockFile(join(path(), 'data.jsonl'), 8, () => true)).toThrow('ENOENT')
})

it('knows its own process, and one that cannot be', () => {
  expect(isProcessAlive(process.pid)).toBe(true)
  expect(isProcessAlive(1)).toBe(true)
  expect(isProcessAlive(2 ** 30)).toBe(false)
})
