import { randomUUID } from 'node:crypto'

/** A new id of 32 letters and digits. */
export function randomId(): string {
  return randomUUID().replaceAll('-', '')
}
