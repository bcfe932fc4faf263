import { expect, it } from 'vitest'
import { z } from 'zod'
import { schemaProblems } from './schema-problems.ts'

const schema = z.strictObject({
  id: z.string(),
  rules: z.array(z.strictObject({ threshold: z.number() })).optional(),
})

it('finds nothing wrong with what is right', () => {
  expect(schemaProblems(schema, { id: 'a' })).toEqual([])
})

it('names the field, its value and what is accepted', () => {
  expect(schemaProblems(schema, { id: 5, rules: [{ threshold: 1 }, { threshold: '0' }] })).toEqual([
    '"id" is 5: invalid input: expected string, received number',
    '"rules[1].threshold" is "0": invalid input: expected number, received string',
  ])
})

it('names what is missing and what is not known', () => {
  expect(schemaProblems(schema, { idd: 'a', rules: [{ threshold: 1, treshold: 2 }] })).toEqual([
    '"id" is missing: invalid input: expected string, received undefined',
    '"treshold" is no field of "rules[0]" that is known here',
    '"idd" is no field that is known here',
  ])
})

it('cuts values that are long, and says of NaN what it is', () => {
  const [problem] = schemaProblems(z.number(), 'x'.repeat(500))
  expect(problem?.length).toBeLessThan(200)
  expect(schemaProblems(z.number(), NaN)[0]).toMatch(/^The whole is NaN/)
})

it('does not follow a path through a prototype', () => {
  const open = z.object({ __proto__: z.string(), toString: z.string() })
  expect(schemaProblems(open, {})).toEqual([expect.stringContaining('"toString" is missing')])
})
