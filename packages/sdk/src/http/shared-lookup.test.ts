import { expect, it } from 'vitest'
import { createSharedLookup, type Lookup } from './shared-lookup.ts'

/** A resolver that answers when it is told to. */
function slowResolver() {
  const asked: { readonly hostname: string; readonly answer: Parameters<Lookup>[2] }[] = []
  const lookup: Lookup = (hostname, _options, answer) => void asked.push({ hostname, answer })
  return { asked, lookup }
}

it('asks once for all who ask at the same time, and answers each', () => {
  const { asked, lookup } = slowResolver()
  const shared = createSharedLookup(lookup)
  const answers: unknown[] = []

  for (let asker = 0; asker < 3; asker++) {
    shared('crontify.test', { all: true }, (error, address) => void answers.push(error ?? address))
  }
  expect(asked).toHaveLength(1)
  asked[0]?.answer(null, [{ address: '127.0.0.1', family: 4 }])

  expect(answers).toEqual(Array(3).fill([{ address: '127.0.0.1', family: 4 }]))
})

it('asks anew once it has an answer, and keeps other names and other questions apart', () => {
  const { asked, lookup } = slowResolver()
  const shared = createSharedLookup(lookup)
  const errors: unknown[] = []

  shared('a.test', { family: 4 }, (error) => void errors.push(error?.code))
  shared('a.test', { family: 6 }, () => {})
  shared('b.test', { family: 4 }, () => {})
  expect(asked.map(({ hostname }) => hostname)).toEqual(['a.test', 'a.test', 'b.test'])
  asked[0]?.answer(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), '')
  shared('a.test', { family: 4 }, () => {})

  expect(errors).toEqual(['ENOTFOUND'])
  expect(asked).toHaveLength(4)
})
