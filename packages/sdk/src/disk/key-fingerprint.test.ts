import { expect, it } from 'vitest'
import { TEST_KEY } from '../../test/support/scripted.ts'
import { keyFingerprint } from './key-fingerprint.ts'

it('is the same for the same key, and holds nothing of it', () => {
  expect(keyFingerprint(TEST_KEY)).toMatch(/^[0-9a-f]{8}$/)
  expect(keyFingerprint(TEST_KEY)).toBe(keyFingerprint(TEST_KEY))
  expect(keyFingerprint(`${TEST_KEY}0`)).not.toBe(keyFingerprint(TEST_KEY))
})
