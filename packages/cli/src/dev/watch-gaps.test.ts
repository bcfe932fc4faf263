import { createMockCrontify } from '@crontify/mock-server'
import { expect, it } from 'vitest'
import { createGapWatch } from './watch-gaps.ts'

const rule = (field: string) => ({ field, operator: 'eq' as const, threshold: 0 })

it('reports a rule whose field was not sent once, and monitors that were never pinged', async () => {
  const server = await createMockCrontify({
    monitors: [{ id: 'a', rules: [rule('files'), rule('rows'), rule('duration_ms')] }, { id: 'b' }],
  })
  const gaps = createGapWatch(server)
  const sentences: string[] = []
  server.subscribe((event) => sentences.push(...gaps.see(event)))
  const ping = (meta: object) =>
    server.fetch(`${server.url}/api/v1/ping/a/success`, {
      method: 'POST',
      headers: { 'X-API-Key': server.apiKey, 'Content-Type': 'application/json' },
      body: JSON.stringify({ meta }),
    })

  expect(gaps.neverPinged()).toEqual(['a', 'b'])
  await ping({ files: 1 })
  await ping({ files: 1 })

  expect(sentences).toEqual([
    'a has a rule on "rows", which this success did not send, so the rule cannot match',
  ])
  expect(gaps.neverPinged()).toEqual(['b'])
  await server.close()
})
