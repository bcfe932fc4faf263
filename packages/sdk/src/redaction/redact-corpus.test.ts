import { expect, it } from 'vitest'
import {
  FORMED_EMBEDDINGS,
  FORMED_SECRETS,
  NAMED_EMBEDDINGS,
  NAMED_SECRETS,
} from '../../test/support/fake-secrets.ts'
import { harmlessLines } from '../../test/support/harmless-lines.ts'
import { redact } from './redact.ts'

/** Share of secrets that may slip through, and of harmless lines that may be touched. */
const MISSED_AT_MOST = 0.02
const TOUCHED_AT_MOST = 0.01

interface Trial {
  readonly name: string
  readonly text: string
  readonly secret: string
}

function trials(
  secrets: Readonly<Record<string, string>>,
  embeddings: Readonly<Record<string, (secret: string) => string>>,
): Trial[] {
  return Object.entries(secrets).flatMap(([kind, secret]) =>
    Object.entries(embeddings).map(([place, embed]) => ({
      name: `${kind} in ${place}`,
      text: `before\n${embed(secret)}\nafter`,
      secret: place.startsWith('a URL') ? encodeURIComponent(secret) : secret,
    })),
  )
}

const TRIALS = [...trials(FORMED_SECRETS, FORMED_EMBEDDINGS), ...trials(NAMED_SECRETS, NAMED_EMBEDDINGS)]

/** A secret counts as removed if no half of it is left either. */
function isLeftIn(text: string, secret: string): boolean {
  const half = Math.max(6, Math.floor(secret.length / 2))
  return text.includes(secret.slice(0, half)) || text.includes(secret.slice(-half))
}

it('tries at least forty kinds of secrets in at least twenty-five places', () => {
  expect(Object.keys(FORMED_SECRETS).length).toBeGreaterThanOrEqual(40)
  expect(Object.keys(NAMED_EMBEDDINGS).length).toBeGreaterThanOrEqual(25)
})

it('takes out at least 98 of 100 secrets', () => {
  const missed = TRIALS.filter(({ text, secret }) => isLeftIn(redact(text), secret))

  expect(missed.length / TRIALS.length, missed.map(({ name }) => name).join('\n')).toBeLessThanOrEqual(
    MISSED_AT_MOST,
  )
})

it('leaves the lines before and after a secret alone', () => {
  for (const { text, name } of TRIALS) {
    expect(redact(text), name).toMatch(/^before\n[^]*\nafter$/)
  }
})

it('touches at most one of 100 harmless lines', () => {
  const lines = harmlessLines()
  const touched = lines.filter((line) => redact(line) !== line)

  expect(lines.length).toBeGreaterThanOrEqual(200)
  expect(touched.length / lines.length, touched.join('\n')).toBeLessThanOrEqual(TOUCHED_AT_MOST)
})

it('changes nothing more when it is applied again', () => {
  for (const { text, name } of TRIALS) expect(redact(redact(text)), name).toBe(redact(text))
})
