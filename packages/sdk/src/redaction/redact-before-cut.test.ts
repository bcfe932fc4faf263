import { expect, it } from 'vitest'
import {
  FORMED_EMBEDDINGS,
  FORMED_SECRETS,
  NAMED_EMBEDDINGS,
  NAMED_SECRETS,
} from '../../test/support/fake-secrets.ts'
import { composeLog } from '../run/log/compose-log.ts'
import { createLogTail } from '../run/log/log-tail.ts'
import { redact } from './redact.ts'

/** Characters in a row of a secret that must not leave the process. */
const LEAKED_FROM = 8

/** Each kind of secret once, in places that change from kind to kind. */
function embedded(): readonly { readonly name: string; readonly line: string; readonly secret: string }[] {
  const of = (
    secrets: Readonly<Record<string, string>>,
    embeddings: Readonly<Record<string, (secret: string) => string>>,
  ) => {
    const places = Object.entries(embeddings)
    return Object.entries(secrets).map(([kind, secret], index) => {
      const [place = '', embed = String] = places[index % places.length] ?? []
      const written = place.startsWith('a URL') ? encodeURIComponent(secret) : secret
      return { name: `${kind} in ${place}`, line: embed(secret), secret: written }
    })
  }
  return [...of(FORMED_SECRETS, FORMED_EMBEDDINGS), ...of(NAMED_SECRETS, NAMED_EMBEDDINGS)]
}

function leaked(text: string, secret: string): string | undefined {
  for (let at = 0; at + LEAKED_FROM <= secret.length; at++) {
    const part = secret.slice(at, at + LEAKED_FROM)
    if (text.includes(part)) return part
  }
  return undefined
}

/** Where the cut goes through the line: before it, behind it, and at steps within it. */
function offsets(line: string): readonly number[] {
  const step = Math.max(1, Math.floor(line.length / 4))
  return Array.from({ length: Math.ceil(line.length / step) + 2 }, (_, index) =>
    Math.min(line.length, index * step),
  )
}

const FILLER = 'copied one file of many '
const filler = (length: number): string => FILLER.repeat(Math.ceil(length / FILLER.length)).slice(0, length)

/** Every fourth kind: a long text takes milliseconds. */
const SOME = embedded().filter((_, index) => index % 4 === 0)

it.each(SOME)('lets nothing of a $name through at any cut of the window', ({ line, secret }) => {
  for (const offset of offsets(line)) {
    // The cuts of a long text are 40 KiB behind its beginning and 24 KiB before its end; each also 8 KiB further in.
    for (const cut of [40, 48].map((kib) => kib * 1024)) {
      const head = redact(`${filler(cut - offset)}\n${line}\n${filler(100_000)}`)
      const tail = redact(`${filler(100_000)}\n${line}\n${filler(64 * 1024 - cut - (line.length - offset))}`)
      expect(leaked(head, secret), `head at ${cut} - ${offset}`).toBeUndefined()
      expect(leaked(tail, secret), `tail at ${cut} - ${offset}`).toBeUndefined()
    }
  }
})

it.each(embedded())('lets nothing of a $name through at any cut of a log', ({ line, secret }) => {
  // Where the first lines end, where a long line is cut, and what stays of the last lines.
  for (const length of [4 * 1024, 5 * 1024, 16 * 1024]) {
    for (const offset of offsets(line)) {
      const before = filler(Math.max(0, length - offset))
      const behind = filler(Math.max(0, 16 * 1024 - offset))
      for (const lines of [
        [before, line, behind, filler(30_000)],
        [filler(9_000), before, line, behind],
        [`${before} ${line} ${behind}${filler(5_000)}`],
      ]) {
        const log = createLogTail(redact)
        for (const one of lines) log.add(one)
        const sent = composeLog(`Error: ${line}`, log, redact) ?? ''
        expect(leaked(sent, secret), `${length} - ${offset}`).toBeUndefined()
      }
    }
  }
})

it('lets nothing of a key through that spans the cuts', () => {
  const mark = (edge: string): string => [`-----${edge} RSA`, 'PRIVATE', 'KEY-----'].join(' ')
  for (const lines of [60, 700, 2_000]) {
    const body = Array.from(
      { length: lines },
      (_, line) => `KEYBODY${line}abcdefghijklmnopqrstuvwxyz0123456789ABCDEF`,
    )
    const key = [mark('BEGIN'), ...body, mark('END')]
    const texts = [0, 30_000, 39_000, 60_000, 100_000].map(
      (before) => `${filler(before)}\n${key.join('\n')}\n${filler(20_000)}`,
    )
    const log = createLogTail(redact)
    for (const line of [...key, ...Array.from({ length: 60 }, () => filler(60))]) log.add(line)

    for (const text of texts) expect(redact(text)).not.toContain('KEYBODY')
    expect(composeLog(undefined, log, redact)).not.toContain('KEYBODY')
  }
})
