import { it } from 'vitest'
import { Monitor } from '../index.ts'

it('takes methods whose result fits meta, and refuses others', () => {
  class Reports {
    @Monitor('a')
    anything(first: string): string {
      return first
    }

    @Monitor('b', { meta: (rows: readonly string[]) => ({ rows: rows.length }) })
    async fits(): Promise<string[]> {
      return []
    }

    // @ts-expect-error meta takes a list, and the method gives a number
    @Monitor('c', { meta: (rows: readonly string[]) => ({ rows: rows.length }) })
    async differs(): Promise<number> {
      return 3
    }
  }
  return Reports
})
