import { expect, it } from 'vitest'
import { bodyPrograms } from './support/body-program.ts'

const SUCCESS = [{ status: 'success', errorMessage: undefined }]

it.each<[string, string]>([
  [
    'http and fetch are replaced by something that throws',
    `for (const name of ['http', 'https']) {
       const module = require('node:' + name)
       module.request = module.get = () => { throw new Error('patched') }
     }
     globalThis.fetch = () => { throw new Error('patched') }`,
  ],
  [
    'Object.prototype is polluted',
    `for (const name of ['headers', 'agent', 'then', 'body', 'proxy', 'baseUrl', 'logger', 'fetch', 'apiKey', 'delivery']) {
       Object.defineProperty(Object.prototype, name, { value: name === 'then' ? undefined : 'polluted', writable: true, configurable: true })
     }`,
  ],
  ['Date.now tells no time', `Date.now = () => NaN`],
  ['Math.random is broken', `Math.random = () => NaN`],
  ['console.warn throws', `console.warn = () => { throw new Error('patched') }`],
  [
    'the timers are fake and stand still',
    `globalThis.setTimeout = globalThis.setInterval = globalThis.setImmediate = () => ({ ref() {}, unref() {}, hasRef: () => false, refresh() {} })
     globalThis.clearTimeout = globalThis.clearInterval = globalThis.clearImmediate = () => {}`,
  ],
  ['there is neither HOME nor a writable directory', `delete process.env.HOME; process.chdir('/proc')`],
])('delivers a run and its result where %s', async (_name, before) => {
  const programs = await bodyPrograms()

  const ending = await programs.run(
    `const result = await monitor.wrap(() => 'the result'); process.stdout.write(result)`,
    { before },
  )

  expect(ending).toMatchObject({ code: 0, stdout: 'the result', stderr: '' })
  expect(programs.runs()).toEqual(SUCCESS)
})

it.each<[string, readonly string[]]>([
  ['--frozen-intrinsics', ['--frozen-intrinsics', '--no-warnings']],
  ['--disable-proto=throw', ['--disable-proto=throw']],
  ['--disallow-code-generation-from-strings', ['--disallow-code-generation-from-strings']],
  ['--disable-proto=delete', ['--disable-proto=delete']],
  ['--stack-size=200', ['--stack-size=200']],
  ['--max-old-space-size=32', ['--max-old-space-size=32']],
])('delivers a run under %s', async (_name, nodeOptions) => {
  const programs = await bodyPrograms()

  const ending = await programs.run(
    `const result = await monitor.wrap(() => 'the result'); process.stdout.write(result)`,
    { nodeOptions },
  )

  expect(ending).toMatchObject({ code: 0, stdout: 'the result' })
  expect(programs.runs()).toEqual(SUCCESS)
})

it('runs the job, and says why nothing is spooled, where the permission model takes the disk away', async () => {
  const programs = await bodyPrograms()
  // Its name on Node 20; newer ones have it without the first word.
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission'
  // Newer ones take the network away, too.
  const network = process.allowedNodeEnvironmentFlags.has('--allow-net') ? ['--allow-net'] : []

  const ending = await programs.run(
    `const result = await monitor.wrap(() => 'the result'); process.stdout.write(result)`,
    {
      nodeOptions: [permission, ...network, '--allow-fs-read=*', '--no-warnings'],
      delivery: { spoolDirectory: '/var/tmp/crontify-spool-that-cannot-be' },
    },
  )

  expect(ending).toMatchObject({ code: 0, stdout: 'the result' })
  expect(ending.stderr.match(/\[crontify\]/g)).toHaveLength(1)
  expect(ending.stderr).toContain('spool directory')
  expect(programs.runs()).toEqual(SUCCESS)
})

it('keeps sending at its own pace when fake timers are installed after it was loaded', async () => {
  const programs = await bodyPrograms()

  const ending = await programs.run(`
    globalThis.setTimeout = globalThis.setInterval = () => ({ ref() {}, unref() {}, hasRef: () => false })
    const result = await monitor.wrap(() => 'the result')
    process.stdout.write(result)
  `)

  expect(ending).toMatchObject({ code: 0, stdout: 'the result', stderr: '' })
  expect(programs.runs()).toEqual(SUCCESS)
})

it('does not loop when the logger of the job triggers pings itself', async () => {
  const programs = await bodyPrograms()

  const ending = await programs.run(
    `let calls = 0
     console.warn = () => { calls++; void monitor.fail('logged a warning') }
     await monitor.wrap(() => 'the result')
     await monitor.flush({ withinMs: 200 })
     process.stdout.write(String(calls))
     process.exit(0)`,
    { baseUrl: 'http://127.0.0.1:9', delivery: { atExit: false, endWaitMs: 200 } },
  )

  expect(Number(ending.stdout)).toBeLessThan(10)
})

it('reaches a service that has an IPv6 address only', async () => {
  const programs = await bodyPrograms({ host: '::1' })

  const ending = await programs.run(`process.stdout.write(await monitor.wrap(() => 'the result'))`)

  expect(programs.server.url).toContain('[::1]')
  expect(ending).toMatchObject({ code: 0, stdout: 'the result', stderr: '' })
  expect(programs.runs()).toEqual(SUCCESS)
})

it('delivers while other threads take all there is of the processor', async () => {
  const programs = await bodyPrograms()

  const ending = await programs.run(`
    const { Worker } = require('node:worker_threads')
    const busy = [1, 2, 3, 4].map(() => new Worker('for (const until = Date.now() + 10_000; Date.now() < until;);', { eval: true }))
    await Promise.all(busy.map((worker) => new Promise((resolve) => worker.on('online', resolve))))
    process.stdout.write(await monitor.wrap(() => 'the result'))
    await Promise.all(busy.map((worker) => worker.terminate()))
  `)

  expect(ending).toMatchObject({ code: 0, stdout: 'the result', stderr: '' })
  expect(programs.runs()).toEqual(SUCCESS)
})
