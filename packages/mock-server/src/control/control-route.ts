import type { z } from 'zod'

/** A request to the control API after its path and body have been read. */
export interface ControlRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
}

/** One thing that the control API can do: where it is mounted, how it is described, and what it does. */
export interface ControlRoute {
  readonly method: 'get' | 'put' | 'post' | 'delete'
  /** Below `/__control`, with parameters in braces: `/monitors/{id}`. */
  readonly path: string
  readonly summary: string
  /** What the body must be; without it, a body is not looked at. */
  readonly body?: z.ZodType
  /** True if a request without a body counts as one with `{}`. Default: false. */
  readonly isBodyOptional?: true
  /** The answer's `data`; `undefined` for none. A `CrontifyMockError` becomes an answer with its status. */
  readonly run: (request: ControlRequest) => unknown
}
