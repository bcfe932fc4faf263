import { fileURLToPath } from 'node:url'
import { monitorAgenda } from '@crontify/agenda'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createRig, MONITOR, nth, type Rig } from '../rig.ts'
import { openRedisStore, type RedisStore } from '../redis-store.ts'

const HELPER = fileURLToPath(new URL('programs/fork-helper.mjs', import.meta.url))

let store: RedisStore
const rigs: Rig[] = []

beforeAll(async () => {
  store = await openRedisStore()
})
afterAll(() => store.close())
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close()
})

it.each([
  ['return', 'success', undefined],
  ['throw', 'failed', 'the table is gone'],
  ['exit', 'failed', 'child process exited with code: 3'],
  ['kill', 'failed', 'the process of the job was ended by SIGKILL'],
])('watches from outside a forked job that ends by %s', async (how, status, errorMessage) => {
  const rig = await createRig(() => store.createBackend())
  rigs.push(rig)
  const { server, monitor, jobName, instance, runs } = rig
  const agenda = instance('parent', {
    defaultLockLifetime: 30_000,
    forkHelper: {
      path: HELPER,
      options: {
        env: {
          ...process.env,
          REDIS_URL: store.url,
          HOW: how,
          CRONTIFY_API_KEY: server.apiKey,
          CRONTIFY_BASE_URL: server.url,
        },
      },
    },
  })
  agenda.define(jobName, async () => {})
  monitorAgenda(agenda, { monitors: { [jobName]: monitor } })
  await agenda.start()
  const done = nth(agenda, 'complete', jobName)

  await agenda.every('1 hour', jobName, undefined, { forkMode: true })
  await done

  expect(await runs()).toEqual([status])
  expect(server.pings()).toHaveLength(2)
  expect(server.runs(MONITOR)[0]).toMatchObject(errorMessage === undefined ? {} : { errorMessage })
})
