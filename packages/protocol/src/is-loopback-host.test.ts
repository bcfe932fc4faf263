import { expect, it } from 'vitest'
import { isLoopbackHost } from './is-loopback-host.ts'

it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])('accepts %s', (host) => {
  expect(isLoopbackHost(host)).toBe(true)
})

it.each(['', '0.0.0.0', '::', '127.0.0.1.example.com', 'localhost.example.com', '128.0.0.1', '127.0.0'])(
  'rejects %j',
  (host) => {
    expect(isLoopbackHost(host)).toBe(false)
  },
)
