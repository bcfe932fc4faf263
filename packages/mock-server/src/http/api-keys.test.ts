import { expect, it } from 'vitest'
import { createKeyCheck } from './api-keys.ts'

const isKnownKey = createKeyCheck(['ck_live_one', 'ck_live_two'])

it.each(['ck_live_one', 'ck_live_two'])('lets in "%s"', (key) => {
  expect(isKnownKey(key)).toBe(true)
})

it.each([undefined, '', 'ck_live_', 'ck_live_on', 'ck_live_one ', 'CK_LIVE_ONE', 'ck_live_one, ck_live_two'])(
  'does not let in %j',
  (key) => {
    expect(isKnownKey(key)).toBe(false)
  },
)
