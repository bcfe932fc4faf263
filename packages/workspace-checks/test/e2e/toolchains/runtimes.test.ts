import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { packedProject, toolPath, type PackedProject } from '../packed-project.ts'

let project: PackedProject

beforeAll(async () => {
  project = await packedProject(['sdk'], ['undici-8'])
})
afterAll(() => project.close())

/** Packages that carry these runtimes have their own word for a processor. */
const ARCHITECTURES: Readonly<Record<string, { readonly bun: string; readonly deno: string }>> = {
  x64: { bun: '@oven/bun-linux-x64/bin/bun', deno: '@deno/linux-x64-glibc/deno' },
  arm64: { bun: '@oven/bun-linux-aarch64/bin/bun', deno: '@deno/linux-arm64-glibc/deno' },
}
const onLinux = process.platform === 'linux'
const paths = ARCHITECTURES[process.arch]
const newerNode = (version: string): string =>
  toolPath(`node-${version}-${process.platform}-${process.arch}/bin/node`)

const SCRIPT = `import { CrontifyMonitor } from '@crontify/sdk'
import { currentRun } from '@crontify/sdk/context'
const monitor = new CrontifyMonitor({ monitorId: 'm' })
const result = await monitor.wrap(async (run) => { run.meta({ n: 4 }); return currentRun() === run })
console.log(result, monitor.stats().delivered)
await monitor.close()
`

it.runIf(onLinux).each([
  ['Bun', paths?.bun, ['run']],
  ['Deno', paths?.deno, ['run', '--allow-all', '--node-modules-dir=manual']],
])('runs on %s', async (_name, path, command) => {
  const file = project.write('runtime.mjs', SCRIPT)

  const ended = await project.run(toolPath(path ?? ''), [...command, file])

  expect(ended).toMatchObject({ code: 0, stdout: 'true 2\n' })
  expect(project.kinds()).toEqual(['start', 'success'])
})

it.runIf(onLinux || existsSync(newerNode('24')))('sends through undici 8 where Node allows it', async () => {
  const file = project.write(
    'undici.mjs',
    `import { CrontifyMonitor } from '@crontify/sdk'
    import { undiciTransport } from '@crontify/sdk/undici'
    import { Agent, MockAgent } from 'undici-8'
    const transport = undiciTransport(new Agent())
    const monitor = new CrontifyMonitor({ monitorId: 'm', transport })
    console.log(await monitor.wrap(() => 5), monitor.stats().delivered)
    const mock = new MockAgent()
    mock.disableNetConnect()
    mock.get('http://127.0.0.1:9').intercept({ path: /ping/, method: 'POST' }).reply(200, { success: true, data: {} }).persist()
    const mocked = new CrontifyMonitor({ monitorId: 'm', baseUrl: 'http://127.0.0.1:9', transport: undiciTransport(mock) })
    console.log((await mocked.success()).monitorId)
    process.exit(0)`,
  )

  expect(await project.run(newerNode('24'), [file])).toEqual({ code: 0, stdout: '5 2\nm\n', stderr: '' })
  expect(project.kinds()).toEqual(['start', 'success'])
})
