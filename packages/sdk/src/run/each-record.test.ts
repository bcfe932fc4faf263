import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CrontifyEachError } from '../errors.ts'
import { eachRecord, type EachOptions } from './each-record.ts'

function given() {
  const meta: Record<string, number> = {}
  const lines: string[] = []
  const warnings: string[] = []
  const controller = new AbortController()
  const context = {
    signal: controller.signal,
    count: (field: string, by: number) => void (meta[field] = (meta[field] ?? 0) + by),
    log: (line: string) => void lines.push(line),
    warn: (message: string) => void warnings.push(message),
  }
  const each = <Item>(
    records: Iterable<Item> | AsyncIterable<Item>,
    handle: (record: Item, index: number) => unknown,
    options: EachOptions = {},
  ) => eachRecord(records, handle, options, context)
  return { each, meta, lines, warnings, controller }
}

const failing = (bad: readonly unknown[]) => async (record: unknown) => {
  if (bad.includes(record)) throw new Error(`no such user: ${String(record)}`)
}

it('handles every record, counts those that fail, and goes on', async () => {
  const { each, meta, lines } = given()

  const outcome = await each(['ada', 'x', 'grace'], failing(['x']))

  expect(outcome).toMatchObject({ processed: 2, failed: 1, errors: [{ index: 1 }] })
  expect(meta).toEqual({ records_processed: 2, records_failed: 1 })
  expect(lines).toEqual(['record 1 failed: no such user: x'])
})

// [D RULES] A rule on 0 alerts only if the field is there.
it('counts 0 records, so that a rule on them can alert', async () => {
  const { each, meta } = given()

  await each([], () => {})

  expect(meta).toEqual({ records_processed: 0, records_failed: 0 })
})

it('counts into the fields that it is told', async () => {
  const { each, meta } = given()

  await each([1, 2], failing([2]), { fields: { processed: 'invoices_written', failed: 'invoices_failed' } })

  expect(meta).toEqual({ invoices_written: 1, invoices_failed: 1 })
})

it('takes a synchronous handler, and one that throws nothing at all', async () => {
  const { each } = given()

  const outcome = await each([1, 2], (record) => {
    if (record === 1) throw undefined
  })

  expect(outcome).toMatchObject({ processed: 1, failed: 1, errors: [{ index: 0, error: undefined }] })
})

it('keeps the first 10 errors and says that it only counts the others', async () => {
  const { each, lines } = given()

  const outcome = await each(Array.from({ length: 500 }), () => Promise.reject(new Error('no')))

  expect(outcome.failed).toBe(500)
  expect(outcome.errors).toHaveLength(10)
  expect(lines).toHaveLength(11)
  expect(lines.at(-1)).toBe('further records that fail are only counted')
})

it.each<[string, EachOptions['stopOn']]>([
  ['a number of failures', 2],
  ['a function of the counts', ({ failed, processed }) => failed >= 2 && processed >= 1],
])('stops on %s, with the first errors', async (_name, stopOn) => {
  const { each, meta } = given()

  const stopped = each([1, 2, 3, 4, 5], failing([2, 3]), { stopOn })

  await expect(stopped).rejects.toThrow(CrontifyEachError)
  await expect(stopped).rejects.toThrow(
    '2 of 3 records failed, which is enough to stop; the first with: no such user: 2',
  )
  await expect(stopped).rejects.toMatchObject({ errors: [{ message: /user: 2/ }, { message: /user: 3/ }] })
  expect(meta).toEqual({ records_processed: 1, records_failed: 2 })
})

it('goes on where stopOn itself throws', async () => {
  const { each } = given()
  const stopOn = (): boolean => {
    throw new Error('x')
  }

  expect(await each([1, 2], failing([1]), { stopOn })).toMatchObject({ processed: 1, failed: 1 })
})

it('has as many records under way as it may, and never more', async () => {
  const { each } = given()
  let underWay = 0
  let most = 0

  await each(
    Array.from({ length: 50 }),
    async () => {
      most = Math.max(most, ++underWay)
      await nextTurn()
      underWay--
    },
    { concurrency: 4 },
  )

  expect(most).toBe(4)
})

it.each([0, -1, 1.5, Number.NaN, '4', null])(
  'uses a concurrency of 1 instead of %j, with a warning',
  async (concurrency) => {
    const { each, warnings } = given()

    await each([1], () => {}, { concurrency: concurrency as number })

    expect(warnings).toEqual(['concurrency of run.each is a whole number from 1 to 1000; 1 is used'])
  },
)

it('takes records as they are needed, and closes the cursor when it stops', async () => {
  const { each } = given()
  let read = 0
  let closed = false
  async function* cursor() {
    try {
      while (true) yield read++
    } finally {
      closed = true
    }
  }

  await expect(each(cursor(), () => Promise.reject(new Error('no')), { stopOn: 3 })).rejects.toThrow('3 of 3')

  expect(read).toBeLessThanOrEqual(4)
  expect(closed).toBe(true)
})

it('rejects with the error of a cursor that breaks, after what is under way has ended', async () => {
  const { each, meta } = given()
  const broken = new Error('connection lost')
  async function* cursor() {
    yield 1
    yield 2
    throw broken
  }

  await expect(each(cursor(), () => nextTurn(), { concurrency: 8 })).rejects.toBe(broken)

  expect(meta).toEqual({ records_processed: 2, records_failed: 0 })
})

it('begins no further record once the run is aborted', async () => {
  const { each, controller, meta } = given()
  const reason = new Error('too long')

  const stopped = each([1, 2, 3], (record) => {
    if (record === 2) controller.abort(reason)
  })

  await expect(stopped).rejects.toBe(reason)
  expect(meta['records_processed']).toBe(2)
})

it('refuses what is no list of records or no function', async () => {
  const { each } = given()

  await expect(each(null as never, () => {})).rejects.toThrow('run.each takes an iterable of records')
  await expect(each(7 as never, () => {})).rejects.toThrow(TypeError)
  await expect(each([1], undefined as never)).rejects.toThrow(TypeError)
})

it('handles each record once and accounts for all of them, in any order of endings', async () => {
  const records = fc.array(fc.record({ fails: fc.boolean(), turns: fc.nat(3) }), {
    size: 'max',
    maxLength: 60,
  })
  await fc.assert(
    fc.asyncProperty(records, fc.integer({ min: 1, max: 9 }), async (list, concurrency) => {
      const { each, meta } = given()
      const handled: number[] = []
      const outcome = await each(
        list,
        async ({ fails, turns }, index) => {
          handled.push(index)
          for (let turn = 0; turn < turns; turn++) await Promise.resolve()
          if (fails) throw new Error('no')
        },
        { concurrency },
      )
      const failed = list.filter(({ fails }) => fails).length
      expect(handled).toEqual(list.map((_, index) => index))
      expect(outcome).toMatchObject({ processed: list.length - failed, failed })
      expect(meta).toEqual({ records_processed: list.length - failed, records_failed: failed })
    }),
    { numRuns: 100 },
  )
})
