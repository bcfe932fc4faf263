import { z } from 'zod'
import type { ControlRoute } from './control-route.ts'

/** The description of the control API, made of the very schemas that its requests are checked with. */
export function openApiDocument(routes: readonly ControlRoute[]): object {
  const paths: Record<string, Record<string, object>> = {}
  paths['/__control/changes'] = { get: CHANGES }
  for (const route of routes) {
    const path = `/__control${route.path}`
    paths[path] = { ...paths[path], [route.method]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Control API of the local Crontify',
      version: '1',
      description: 'Steers a mock server. The Crontify service has no such API.',
    },
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Refusal: REFUSAL },
    },
  }
}

const CHANGES = {
  operationId: 'getChanges',
  summary: 'Server-sent events that tell which monitors have changed, up to five a second',
  responses: { 200: { description: 'Until the server is closed', content: { 'text/event-stream': {} } } },
}

const REFUSAL = {
  type: 'object',
  required: ['success', 'error'],
  properties: {
    success: { const: false },
    error: {
      type: 'object',
      required: ['statusCode', 'message'],
      properties: { statusCode: { type: 'integer' }, message: { type: 'string' } },
    },
  },
}

function operationOf({ method, path, summary, body, isBodyOptional }: ControlRoute): object {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const refusal = { content: jsonOf({ $ref: '#/components/schemas/Refusal' }) }
  return {
    operationId: `${method}${path.replaceAll(/[{}]/g, '').replaceAll(/[/-](\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary,
    ...(names.length === 0
      ? {}
      : {
          parameters: names.map((name) => ({
            name,
            in: 'path',
            required: true,
            schema: { type: 'string' },
          })),
        }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: isBodyOptional !== true, content: jsonOf(schemaOf(body)) } }),
    responses: {
      200: {
        description: 'Done',
        content: jsonOf({
          type: 'object',
          required: ['success', 'data'],
          properties: { success: { const: true }, data: {} },
        }),
      },
      400: { description: 'What was sent is wrong; nothing has changed', ...refusal },
      403: { description: 'The token is missing or wrong', ...refusal },
      404: { description: 'What the path names is not there', ...refusal },
    },
  }
}

function jsonOf(schema: object): object {
  return { 'application/json': { schema } }
}

function schemaOf(body: z.ZodType): object {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' })
  return schema
}
