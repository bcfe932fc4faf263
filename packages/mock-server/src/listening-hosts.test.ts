import { expect, it } from 'vitest'
import { exposureWarning, hostProblems, nameOfListener } from './listening-hosts.ts'

it.each(['127.0.0.1', 'localhost', '::1'])('listens on %s without a word', (host) => {
  expect(hostProblems(host, [])).toEqual([])
  expect(exposureWarning(host)).toBeUndefined()
})

it.each(['0.0.0.0', '::', '192.168.0.7', '127.0.0.1.evil.test', 'build-7'])(
  'listens on %s only for names that are allowed, and warns',
  (host) => {
    expect(hostProblems(host, [])).toEqual([
      '"host" is not on this machine: without "allowHosts" this server listens on 127.0.0.1, localhost and ::1 only',
    ])
    expect(hostProblems(host, ['crontify'])).toEqual([])
    expect(exposureWarning(host)).toContain(`listens on ${host}, beyond this machine`)
  },
)

it.each(['crontify', 'crontify:8080', 'ci.internal', '10.0.0.7:4747', '[fd00::7]', '[fd00::7]:4747', 'a'])(
  'knows %s for the name of a host',
  (name) => {
    expect(hostProblems('0.0.0.0', [name])).toEqual([])
  },
)

it.each(['', '*', 'http://crontify', 'crontify/', 'a b', 'user@host', 'fd00::7', 'x:', '-x', 7, null])(
  'knows %j for none',
  (name) => {
    expect(hostProblems('127.0.0.1', [name])).toEqual([
      '"allowHosts[0]" is not the name of a host, such as crontify or crontify:8080',
    ])
  },
)

it('refuses what is no list, and what is no address', () => {
  expect(hostProblems('', 'crontify')).toEqual([
    '"allowHosts" is not a list of at most 50 names',
    '"host" is not an address',
  ])
  expect(
    hostProblems(
      '127.0.0.1',
      Array.from({ length: 51 }, () => 'a'),
    ),
  ).toHaveLength(1)
})

it.each([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '[::1]'],
  ['::1', '[::1]'],
  ['192.168.0.7', '192.168.0.7'],
])('is reached from here, listening on %s, as %s', (host, name) => {
  expect(nameOfListener(host)).toBe(name)
})
