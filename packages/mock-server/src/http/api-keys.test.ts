import { expect, it } from 'vitest'
import { createKeyCheck } from './api-keys.ts'

const keyOf = createKeyCheck(['ck_live_one', 'ck_live_two'])

it.each([
  ['ck_live_one', 0],
  ['ck_live_two', 1],
])('lets in "%s" as number %d', (key, index) => {
  expect(keyOf(key)).toBe(index)
})

it.each([undefined, '', 'ck_live_', 'ck_live_on', 'ck_live_one ', 'CK_LIVE_ONE', 'ck_live_one, ck_live_two'])(
  'does not let in %j',
  (key) => {
    expect(keyOf(key)).toBeUndefined()
  },
)
