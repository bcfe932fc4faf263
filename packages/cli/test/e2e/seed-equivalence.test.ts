import { createMockServer } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'
import { runCrontify, start } from './crontify-process.ts'

const KEY = 'ck_live_by_hand'

/** What a script does by hand: three requests around a job. */
const BY_HAND = `
ping() { curl -fsS -o /dev/null -X POST -H "X-API-Key: $KEY" "$URL/api/v1/ping/$1/$2"; }
ping "$1" start
sh -c "$2"
if [ $? -eq 0 ]; then ping "$1" success; else ping "$1" fail; fi
`

it.each([
  ['true', 'success'],
  ['exit 3', 'failed'],
])('makes of the job "%s" the run that three requests by hand make', async (job, status) => {
  const server = await createMockServer({ monitors: [{ id: 'by-hand' }, { id: 'by-exec' }], apiKeys: [KEY] })
  onTestFinished(() => server.close())

  const byHand = await start('bash', ['-c', BY_HAND, 'script', 'by-hand', job], { KEY, URL: server.url })
    .ended
  await runCrontify(['exec', 'by-exec', '--', 'sh', '-c', job], {
    CRONTIFY_API_KEY: KEY,
    CRONTIFY_BASE_URL: server.url,
  })

  expect(byHand.stderr).toBe('')
  const pings = (id: string) => server.pings().filter(({ monitorId }) => monitorId === id)
  expect(pings('by-exec').map(({ kind }) => kind)).toEqual(pings('by-hand').map(({ kind }) => kind))
  expect(server.runs('by-hand').map((run) => run.status)).toEqual([status])
  expect(server.runs('by-exec').map((run) => run.status)).toEqual([status])
  expect(server.alerts('by-exec').map(({ type }) => type)).toEqual(
    server.alerts('by-hand').map(({ type }) => type),
  )
})
