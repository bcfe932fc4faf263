import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Answer, acceptance, refusalBody } from '../http/api-answers.ts'
import { readBody } from '../http/read-body.ts'
import type { WayIn } from '../http/reply.ts'
import { schemaProblems } from '../schemas/schema-problems.ts'
import { CrontifyMockError } from '../mock-error.ts'
import type { ControlRoute } from './control-route.ts'
import { openApiDocument } from './open-api.ts'

/** Where the control API lies. It exists on the mock only: the service has no such thing. */
export const CONTROL_PREFIX = '/__control'

/** A few hundred definitions; more is a mistake. */
const MAX_CONTROL_BODY_BYTES = 1_048_576

/**
 * The control API as a fetch function.
 *
 * Every request needs the token, and a body the type `application/json`: a page in a browser can send neither without
 * being asked first, and nothing here ever answers that question with yes.
 *
 * @param changes  Answers `/changes`, a stream that tells who has changed.
 */
export function createControlApi(
  routes: readonly ControlRoute[],
  isToken: (header: string | undefined) => boolean,
  changes: () => Response,
): Hono<WayIn> {
  const app = new Hono<WayIn>().basePath(CONTROL_PREFIX)
  app.use(compress())
  app.use(async (context, next) => {
    if (isToken(context.req.header('Authorization'))) return next()
    return reply(
      context,
      no(403, 'The control token is missing or wrong: send "Authorization: Bearer TOKEN"'),
    )
  })
  const document = openApiDocument(routes)
  app.get('/openapi.json', (context) => reply(context, { statusCode: 200, body: document }))
  app.get('/changes', () => changes())
  for (const route of routes) {
    app.on(route.method.toUpperCase(), route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (context) =>
      reply(context, await answerOf(route, context)),
    )
  }
  app.notFound((context) =>
    reply(context, no(404, `There is no such path: ${CONTROL_PREFIX}/openapi.json lists them`)),
  )
  app.onError((_error, context) => reply(context, no(500, 'The mock server failed on this request')))
  return app
}

/** Unlike a ping's answer, which goes straight to the socket, this one passes through the compression above. */
function reply(context: Context<WayIn>, { statusCode, body, headers }: Answer): Response {
  return context.json(body, statusCode as ContentfulStatusCode, headers)
}

function no(statusCode: number, message: string): Answer {
  return { statusCode, body: refusalBody(statusCode, message) }
}

async function answerOf(route: ControlRoute, context: Context<WayIn>): Promise<Answer> {
  const read =
    route.body === undefined
      ? { value: undefined }
      : route.isBodyOptional === true && !hasBody(context)
        ? { value: {} }
        : await jsonOf(context, route.body)
  if ('statusCode' in read) return read
  try {
    const data = await route.run({
      params: context.req.param(),
      query: context.req.query(),
      body: read.value,
    })
    return acceptance(data === undefined ? {} : (data as object))
  } catch (error) {
    if (error instanceof CrontifyMockError) return no(error.status, error.message)
    throw error
  }
}

function hasBody({ req }: Context<WayIn>): boolean {
  return (req.header('Content-Length') ?? '0') !== '0' || req.header('Transfer-Encoding') !== undefined
}

async function jsonOf(
  context: Context<WayIn>,
  schema: NonNullable<ControlRoute['body']>,
): Promise<Answer | { readonly value: unknown }> {
  const type = context.req.header('Content-Type') ?? ''
  if (!/^application\/json *(;|$)/i.test(type)) return no(415, 'Send the body as application/json')
  const text = await readBody(context.req.raw, MAX_CONTROL_BODY_BYTES)
  if (text === undefined) {
    const answer = no(413, `The body is larger than ${MAX_CONTROL_BODY_BYTES} bytes`)
    return { ...answer, headers: { Connection: 'close' } }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return no(400, 'The body is not JSON')
  }
  const problems = schemaProblems(schema, value)
  return problems.length === 0 ? { value } : no(400, problems.join('; '))
}
