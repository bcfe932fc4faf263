import { z } from 'zod'
import { CrontifyMockError } from '../mock-error.ts'
import type { Fault } from '../faults/fault.ts'
import { faultSchema } from '../faults/fault-schema.ts'
import { replay } from '../journal/replay.ts'
import type { MockServer } from '../mock-server.ts'
import type { Duration } from '../time-texts.ts'
import { durationSchema } from '../schemas/duration-schema.ts'
import type { ControlRoute } from './control-route.ts'

/** What these routes need of the server. */
export type SteeredServer = Pick<
  MockServer,
  'now' | 'advance' | 'faults' | 'journal' | 'alerts' | 'notifications' | 'pings' | 'dropped' | 'reset'
>

const advanceBody = z.strictObject({ by: durationSchema })
const replayBody = z.strictObject({
  monitors: z.array(z.unknown()).optional(),
  semantics: z.enum(['scheduleAware', 'documentedLiteral']).optional(),
})

/** Time, faults and everything that was recorded. */
export function stateRoutes(server: SteeredServer, clock: 'system' | 'virtual'): readonly ControlRoute[] {
  const time = (): object => ({ now: server.now(), clock })
  return [
    { method: 'get', path: '/clock', summary: 'What time it is', run: time },
    {
      method: 'post',
      path: '/clock/advance',
      summary: 'Moves a virtual clock on',
      body: advanceBody,
      run: async ({ body }) => {
        if (clock === 'system')
          throw new CrontifyMockError('ERR_CLOCK', "This server follows the machine's clock")
        await server.advance((body as { readonly by: Duration }).by)
        return time()
      },
    },
    { method: 'get', path: '/faults', summary: 'All faults', run: () => ({ faults: server.faults.list() }) },
    {
      method: 'post',
      path: '/faults',
      summary: 'Adds a fault',
      body: faultSchema,
      run: ({ body }) => server.faults.add(body as Fault),
    },
    {
      method: 'delete',
      path: '/faults',
      summary: 'Removes all faults',
      run: () => {
        server.faults.clear()
      },
    },
    {
      method: 'delete',
      path: '/faults/{id}',
      summary: 'Removes a fault',
      run: ({ params }) => {
        const id = params['id'] ?? ''
        if (!server.faults.remove(id))
          throw new CrontifyMockError('ERR_NOT_FOUND', `There is no fault ${JSON.stringify(id)}`)
      },
    },
    { method: 'get', path: '/journal', summary: 'Every request, without keys', run: () => server.journal() },
    {
      method: 'post',
      path: '/journal/replay',
      summary: 'The alerts that the journal would have led to under other definitions or semantics',
      body: replayBody,
      run: ({ body }) => replay(server.journal(), body as Parameters<typeof replay>[1]),
    },
    { method: 'get', path: '/alerts', summary: 'All alerts', run: () => ({ alerts: server.alerts() }) },
    {
      method: 'get',
      path: '/notifications',
      summary: 'What channels got',
      run: () => ({ notifications: server.notifications() }),
    },
    {
      method: 'get',
      path: '/pings',
      summary: 'Pings that were accepted, and how much was forgotten',
      run: () => ({ pings: server.pings(), dropped: server.dropped() }),
    },
    {
      method: 'post',
      path: '/reset',
      summary: 'Forgets all that happened; monitors, channels and time stay',
      run: () => {
        server.reset()
      },
    },
  ]
}
