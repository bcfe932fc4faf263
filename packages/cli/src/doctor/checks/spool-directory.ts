import { accessSync, constants, lstatSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'
import type { Diagnosis } from '../diagnosis.ts'

const OTHERS_WRITE = 0o022

/** Looks, and makes nothing. */
export function judgeSpoolDirectory(path: string | undefined, uid: number): Diagnosis {
  const about = 'spool'
  if (path === undefined)
    return { about, level: 'ok', says: 'not used; pings that cannot be sent are dropped with a warning' }
  const problem = (says: string, fix: string): Diagnosis => ({ about, level: 'warning', says, fix })
  const found = statOf(path)
  if (found === undefined) {
    return mayWrite(dirname(path))
      ? { about, level: 'ok', says: `${path} will be created when needed` }
      : problem(
          `${path} does not exist and cannot be created`,
          `create it for this user: install -d -m 700 ${path}`,
        )
  }
  if (!found.isDirectory()) return problem(`${path} is not a directory`, 'choose another path')
  if (found.uid !== uid) return problem(`${path} belongs to another user`, 'use one directory for each user')
  if ((found.mode & OTHERS_WRITE) !== 0)
    return problem(`other users can write to ${path}`, `chmod 700 ${path}`)
  return mayWrite(path)
    ? { about, level: 'ok', says: `${path} is writable` }
    : problem(`${path} is not writable`, `chmod 700 ${path}, and check whether the disk is read-only`)
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
