import { CrontifyMonitor } from '@crontify/sdk'
import Fastify, {
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyRequest,
  type FastifyTypeProvider,
  type RouteHandler,
  type RouteHandlerMethod,
} from 'fastify'
import Fastify4 from 'fastify4'
import { expectTypeOf, test } from 'vitest'
import { monitorRoute, requireSecret } from './index.ts'

const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-report' })
const secret = 'a-secret-of-enough-characters'

interface Route {
  readonly Body: { readonly day: string }
  readonly Params: { readonly id: string }
  readonly Reply: { readonly ok: boolean }
}

test('a route with a typed reply takes the secret in each hook', () => {
  const app = Fastify()
  app.get<{ Reply: { ok: boolean } }>(
    '/x',
    { preHandler: requireSecret(secret) },
    monitorRoute(monitor, async () => ({ ok: true })),
  )
  app.get<{ Reply: { 200: { ok: boolean }; 401: string } }>(
    '/y',
    { onRequest: requireSecret(secret) },
    monitorRoute(monitor, async () => ({ ok: true })),
  )
  app.get<{ Reply: { ok: boolean } }>(
    '/z',
    { onRequest: [requireSecret(secret)], preValidation: requireSecret(secret) },
    monitorRoute(monitor, async () => ({ ok: true })),
  )
})

test('a handler in its place gets the types of its route', () => {
  Fastify().post<Route>(
    '/cron/:id',
    { onRequest: requireSecret(secret) },
    monitorRoute(monitor, async (request, reply) => {
      expectTypeOf(request.body).toEqualTypeOf<Route['Body']>()
      expectTypeOf(request.params.id).toEqualTypeOf<string>()
      void reply.send({ ok: true })
      // @ts-expect-error the reply has a boolean
      void reply.send({ ok: 'yes' })
      return reply
    }),
  )
})

test('app.route takes both', () => {
  Fastify().route<Route>({
    method: 'POST',
    url: '/cron/:id',
    preHandler: requireSecret(secret),
    handler: monitorRoute(monitor, async (request) => {
      expectTypeOf(request.params.id).toEqualTypeOf<string>()
      return { ok: true }
    }),
  })
})

test('so does Fastify 4', () => {
  const app = Fastify4()
  app.addHook('onRequest', requireSecret(secret))
  app.get<{ Reply: { ok: boolean } }>(
    '/x',
    { preHandler: requireSecret(secret) },
    monitorRoute(monitor, async () => ({ ok: true })),
  )
})

test('a type provider keeps its types', () => {
  interface Provider extends FastifyTypeProvider {
    readonly validator: this['schema'] extends { readonly text: true } ? string : number
    readonly serializer: this['schema'] extends { readonly text: true } ? string : number
  }
  Fastify()
    .withTypeProvider<Provider>()
    .post(
      '/typed',
      {
        schema: { body: { text: true }, response: { 200: { text: true } } } as const,
        preHandler: requireSecret(secret),
      },
      monitorRoute(monitor, async (request) => {
        expectTypeOf(request.body).toEqualTypeOf<string>()
        return 'done'
      }),
    )
})

test('a hook of the whole application or of a plugin takes it', () => {
  const plugin: FastifyPluginAsync = async (app: FastifyInstance) => {
    app.addHook('onRequest', requireSecret(secret))
    app.addHook('preHandler', requireSecret([secret]))
  }
  expectTypeOf(plugin).toBeFunction()
})

test('a handler keeps its own type', () => {
  const handler: RouteHandlerMethod = async () => ({ rows: 1 })
  expectTypeOf(monitorRoute(monitor, handler)).toEqualTypeOf<RouteHandlerMethod>()
})

test('the meta function gets what the handler resolves with', () => {
  monitorRoute(monitor, async () => ({ count: 1 }), { meta: ({ count }) => ({ rows: count }) })
  // @ts-expect-error metadata are numbers, not texts
  monitorRoute(monitor, async () => 'done', { meta: (text) => ({ rows: text }) })
})

test('a handler in its place gets the types of the variable', () => {
  const h: RouteHandlerMethod = monitorRoute(monitor, async (request) => {
    expectTypeOf(request).toEqualTypeOf<FastifyRequest>()
    return {}
  })
  const g: RouteHandler<{ Params: { id: string }; Reply: { ok: boolean } }> = monitorRoute(
    monitor,
    async (request, reply) => {
      expectTypeOf(request.params.id).toEqualTypeOf<string>()
      void reply.send({ ok: true })
      return reply
    },
  )
  expectTypeOf([h, g]).toBeArray()
})
