import { expect, it } from 'vitest'
import { exhaustedForMs } from './rate-limit-hint.ts'

const NOW = Date.parse('2026-01-05T02:00:00Z')

it.each<[string, Record<string, string>, number]>([
  ['x-ratelimit with seconds', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' }, 30_000],
  ['ratelimit with seconds', { 'ratelimit-remaining': '0', 'ratelimit-reset': '30' }, 30_000],
  ['an instant', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1_000 + 45) }, 45_000],
  [
    "an instant by the service's own clock",
    {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(NOW / 1_000 + 3_645),
      date: 'Mon, 05 Jan 2026 03:00:00 GMT',
    },
    45_000,
  ],
  ['the older draft', { ratelimit: 'limit=120, remaining=0, reset=30' }, 30_000],
  ['the newer draft', { ratelimit: '"default";r=0;t=30' }, 30_000],
  ['a reset in the past', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1000000001' }, 1_000],
  ['a reset far away', { 'ratelimit-remaining': '0', 'ratelimit-reset': '86400' }, 120_000],
])('waits for %s', (_name, headers, expectedMs) => {
  expect(exhaustedForMs(headers, NOW)).toBe(expectedMs)
})

it.each<[string, Record<string, string>]>([
  ['nothing', {}],
  ['room that is left', { 'ratelimit-remaining': '1', 'ratelimit-reset': '30' }],
  ['room that is left in a draft', { ratelimit: '"default";r=10;t=30' }],
  ['no reset', { 'ratelimit-remaining': '0' }],
  ['a negative number', { 'ratelimit-remaining': '-1', 'ratelimit-reset': '30' }],
  ['words', { 'ratelimit-remaining': 'none', 'ratelimit-reset': 'soon' }],
  ['another parameter that ends in r', { ratelimit: 'quarter=0;reset=30' }],
  ['an exponent', { 'ratelimit-remaining': '0', 'ratelimit-reset': '1e9' }],
])('waits for nothing on %s', (_name, headers) => {
  expect(exhaustedForMs(headers, NOW)).toBe(0)
})
