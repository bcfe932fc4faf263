import { stripVTControlCharacters } from 'node:util'
import type { KeptOutput } from './output-tail.ts'

/** Above this share of bytes that no text has, output is not shown. */
const BINARY_SHARE = 0.1
const ODD_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/g

/**
 * What people read of an output: no colors, of a progress bar its last state, no empty lines at the ends. Output that is
 * no text is told by its size.
 */
export function outputLines({ head, tail, leftOut }: KeptOutput): readonly string[] {
  if (leftOut === 0) return linesOf(Buffer.concat([head, tail]))
  const before = linesOf(head)
  const after = linesOf(tail)
  // What is cut is a part of a line, or of a secret in it.
  return [
    ...before.slice(0, -1),
    `… ${leftOut} bytes left out …`,
    ...(after.length > 1 ? after.slice(1) : after),
  ]
}

function linesOf(bytes: Buffer): readonly string[] {
  const text = stripVTControlCharacters(bytes.toString('utf8'))
  const odd = text.match(ODD_CHARACTERS)?.length ?? 0
  if (odd > text.length * BINARY_SHARE) return [`[${bytes.length} bytes that are no text]`]
  const lines = text.replaceAll('\r\n', '\n').split('\n').map(lastState)
  const first = lines.findIndex((line) => line !== '')
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1)
}

/** Of a line that was written over and over, what stood there in the end. */
function lastState(line: string): string {
  const states = line.split('\r').filter((state) => state.trim() !== '')
  return (states.at(-1) ?? '').replaceAll(ODD_CHARACTERS, '').trimEnd()
}
