import { accessSync, constants, lstatSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'
import type { Diagnosis } from '../diagnosis.ts'

const OTHERS_WRITE = 0o022

/** Looks, and makes nothing. */
export function judgeSpoolDirectory(path: string | undefined, uid: number): Diagnosis {
  const about = 'spool'
  if (path === undefined)
    return { about, level: 'ok', says: 'none is used; what cannot be sent is given up with a warning' }
  const problem = (says: string, fix: string): Diagnosis => ({ about, level: 'warning', says, fix })
  const found = statOf(path)
  if (found === undefined) {
    return mayWrite(dirname(path))
      ? { about, level: 'ok', says: `${path} is made when it is needed` }
      : problem(`${path} is not there and cannot be made`, `make it for this user: install -d -m 700 ${path}`)
  }
  if (!found.isDirectory()) return problem(`${path} is no directory`, 'name another one')
  if (found.uid !== uid)
    return problem(`${path} belongs to another user`, 'give each user a directory of its own')
  if ((found.mode & OTHERS_WRITE) !== 0) return problem(`others may write to ${path}`, `chmod 700 ${path}`)
  return mayWrite(path)
    ? { about, level: 'ok', says: `${path} can be written to` }
    : problem(`${path} cannot be written to`, `chmod 700 ${path}, and look whether the disk is read-only`)
}

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
