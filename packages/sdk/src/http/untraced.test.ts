import { afterEach, expect, it } from 'vitest'
import { untraced } from './untraced.ts'

const OTEL = Symbol.for('opentelemetry.js.api.1')
const holder = globalThis as unknown as Record<string | symbol, unknown>

afterEach(() => {
  Reflect.deleteProperty(globalThis, OTEL)
  Reflect.deleteProperty(globalThis, '__SENTRY__')
})

it('calls back, with its result, where neither OpenTelemetry nor Sentry is loaded', () => {
  expect(untraced(() => 5)).toBe(5)
})

it('calls back in a context of OpenTelemetry that suppresses tracing', () => {
  let current: ReadonlyMap<symbol, unknown> = new Map()
  holder[OTEL] = {
    context: {
      active: () => ({ setValue: (key: symbol, value: unknown) => new Map([...current, [key, value]]) }),
      with: (context: ReadonlyMap<symbol, unknown>, callback: () => unknown) => {
        const before = current
        current = context
        const result = callback()
        current = before
        return result
      },
    },
  }

  const seen = untraced(() => current.get(Symbol.for('OpenTelemetry SDK Context Key SUPPRESS_TRACING')))

  expect(seen).toBe(true)
  expect(current.size).toBe(0)
})

it.each([
  ['its own function', { suppressTracing: (callback: () => unknown) => [callback()] }],
  [
    'the metadata of a scope',
    {
      withScope: (callback: (scope: object) => unknown) => {
        let metadata: unknown
        const result = callback({ setSDKProcessingMetadata: (given: unknown) => (metadata = given) })
        return metadata !== undefined && [result]
      },
    },
  ],
])('suppresses Sentry by %s', (_name, acs) => {
  holder['__SENTRY__'] = { version: '11.0.0', '11.0.0': { acs } }

  expect(untraced(() => 5)).toEqual([5])
})

it.each([
  ['an OpenTelemetry', OTEL, { context: { active: () => null } }],
  [
    'a Sentry',
    '__SENTRY__',
    {
      version: '1',
      1: {
        acs: {
          withScope: () => {
            throw new Error('odd')
          },
        },
      },
    },
  ],
])('calls back exactly once where %s is not what it seems', (_name, name, value) => {
  holder[name] = value
  let calls = 0

  expect(untraced(() => ++calls)).toBe(1)
  expect(calls).toBe(1)
})
