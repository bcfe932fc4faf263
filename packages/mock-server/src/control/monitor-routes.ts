import type { ChannelDefinition, MonitorDefinition } from '@crontify/protocol'
import { channelDefinitionSchema, monitorDefinitionSchema } from '@crontify/protocol/schemas'
import { z } from 'zod'
import { CrontifyMockError } from '../mock-error.ts'
import type { MockServer, PauseOptions } from '../mock-server.ts'
import type { ControlRoute } from './control-route.ts'

/** What these routes need of the server. */
export type DefinedServer = Pick<
  MockServer,
  | 'monitors'
  | 'monitor'
  | 'runs'
  | 'explain'
  | 'pause'
  | 'resume'
  | 'acknowledge'
  | 'define'
  | 'remove'
  | 'replaceAll'
  | 'channels'
  | 'defineChannel'
  | 'removeChannel'
  | 'sendTestAlert'
>

// Definitions are checked by the server itself, which says more than a schema can: here stands what they look like.
const monitorBody = looksLike(monitorDefinitionSchema as unknown as z.ZodType)
const channelBody = looksLike(channelDefinitionSchema as unknown as z.ZodType)
const setBody = z.strictObject({
  monitors: z.array(monitorBody).optional(),
  channels: z.array(channelBody).optional(),
})

const pauseBody = z.strictObject({ until: z.string().optional(), reason: z.string().optional() })
const acknowledgeBody = z.strictObject({ note: z.string().optional() })

/** Any JSON, described as if it were of this schema. */
function looksLike(schema: z.ZodType): z.ZodType {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return z.unknown().meta(json)
}

/** Monitors and channels: to see, to define, to mute. */
export function monitorRoutes(server: DefinedServer): readonly ControlRoute[] {
  return [
    {
      method: 'get',
      path: '/monitors',
      summary: 'All monitors',
      run: () => ({ monitors: server.monitors() }),
    },
    {
      method: 'put',
      path: '/definitions',
      summary: 'Replaces all monitors, all channels, or both; what is known of those that stay, stays',
      body: setBody,
      run: ({ body }) => {
        const set = body as { monitors?: MonitorDefinition[]; channels?: ChannelDefinition[] }
        server.replaceAll(set)
        return { monitors: server.monitors(), channels: server.channels() }
      },
    },
    {
      method: 'get',
      path: '/monitors/{id}',
      summary: 'One monitor',
      run: ({ params }) => server.monitor(idOf(params)),
    },
    {
      method: 'put',
      path: '/monitors/{id}',
      summary: 'Adds a monitor, or gives it another definition; its runs stay',
      body: monitorBody,
      run: ({ params, body }) => {
        server.define(named(body, params['id']) as MonitorDefinition)
        return server.monitor(idOf(params))
      },
    },
    {
      method: 'delete',
      path: '/monitors/{id}',
      summary: 'Removes a monitor with its runs',
      run: ({ params }) => {
        server.remove(idOf(params))
      },
    },
    {
      method: 'post',
      path: '/monitors/{id}/pause',
      summary: 'Mutes a monitor, until it is resumed or for a time',
      body: pauseBody,
      isBodyOptional: true,
      run: ({ params, body }) => {
        server.pause(idOf(params), body as PauseOptions)
        return server.monitor(idOf(params))
      },
    },
    {
      method: 'post',
      path: '/monitors/{id}/resume',
      summary: 'Takes a pause back',
      run: ({ params }) => {
        server.resume(idOf(params))
        return server.monitor(idOf(params))
      },
    },
    {
      method: 'post',
      path: '/monitors/{id}/acknowledge',
      summary: 'Acknowledges the open incident, with an optional note',
      body: acknowledgeBody,
      isBodyOptional: true,
      run: ({ params, body }) => {
        server.acknowledge(idOf(params), (body as { readonly note?: string }).note)
      },
    },
    {
      method: 'get',
      path: '/monitors/{id}/runs',
      summary: 'The runs of a monitor',
      run: ({ params }) => ({ runs: server.runs(idOf(params)) }),
    },
    {
      method: 'get',
      path: '/monitors/{id}/story',
      summary: 'What happened to a monitor and why, line by line',
      run: ({ params }) => ({ lines: server.explain(idOf(params)).split('\n') }),
    },
    {
      method: 'get',
      path: '/channels',
      summary: 'All channels',
      run: () => ({ channels: server.channels() }),
    },
    {
      method: 'put',
      path: '/channels/{id}',
      summary: 'Adds a channel, or gives it another definition',
      body: channelBody,
      run: ({ params, body }) => {
        server.defineChannel(named(body, params['id']) as ChannelDefinition)
        return { channels: server.channels() }
      },
    },
    {
      method: 'delete',
      path: '/channels/{id}',
      summary: 'Removes a channel that no monitor names',
      run: ({ params }) => {
        server.removeChannel(idOf(params))
      },
    },
    {
      method: 'post',
      path: '/channels/{id}/test',
      summary: 'Sends a test alert',
      run: ({ params }) => server.sendTestAlert(idOf(params)),
    },
  ]
}

/** A definition under the id of its path; it may leave its own out. */
function named(body: unknown, id: string | undefined): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const own = (body as { readonly id?: unknown }).id
  if (own === undefined || own === id) return { ...body, id }
  throw new CrontifyMockError(
    'ERR_INVALID',
    `"id" is ${JSON.stringify(own)}: the path says ${JSON.stringify(id)}`,
  )
}

/** Each of these paths has an id; the server itself says where there is nothing of that name. */
function idOf(params: Readonly<Record<string, string>>): string {
  return params['id'] ?? ''
}
