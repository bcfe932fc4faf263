import { afterAll, beforeAll, expect, it } from 'vitest'
import { packedProject, type PackedProject } from '../packed-project.ts'

let project: PackedProject

beforeAll(async () => {
  project = await packedProject(['sdk'])
})
afterAll(() => project.close())

const SCRIPT = `const { CrontifyMonitor, defineMonitor } = require('@crontify/sdk')
const monitor = new CrontifyMonitor({ monitorId: 'm' })
async function main() {
  console.log(await monitor.wrap(() => 5))
  const error = new Error('disk is full')
  await monitor.wrap(() => { throw error }).catch((thrown) => console.log(thrown === error))
  defineMonitor({ id: 'a', schedule: '0 2 * * *' })
}
main()
`
const GOOD = { code: 0, stdout: '5\ntrue\n', stderr: '' }
const PINGS = ['start', 'success', 'start', 'fail']

it.each([
  ['Error.prototype is frozen', 'Object.freeze(Error.prototype)'],
  ['Object.prototype has an enumerable member', 'Object.prototype.extend = function () {}'],
  ['Array.prototype has an enumerable member', 'Array.prototype.last = function () { return this.at(-1) }'],
  [
    'all of that and Function.prototype frozen',
    'Object.prototype.x = 1; Array.prototype.y = 2; Object.freeze(Error.prototype); Object.freeze(Function.prototype)',
  ],
])('loses neither the job nor a ping where %s', async (_name, before) => {
  const file = project.write('hostile.cjs', `${before}\n${SCRIPT}`)

  expect(await project.run(process.execPath, [file])).toEqual(GOOD)
  expect(project.kinds()).toEqual(PINGS)
})

it.each([
  ['--frozen-intrinsics', '--no-warnings'],
  ['--jitless'],
  ['--disable-proto=throw'],
  ['--no-experimental-fetch'],
])('loses neither the job nor a ping under %s', async (...flags) => {
  const file = project.write('flags.cjs', SCRIPT)

  const ended = await project.run(process.execPath, [...flags, file])

  // Node itself warns about what a flag excludes.
  expect({ ...ended, stderr: ended.stderr.replace(/^Warning: disabling flag.*\n/, '') }).toEqual(GOOD)
  expect(project.kinds()).toEqual(PINGS)
})

// Only there an address space can be limited from a shell.
it.runIf(process.platform === 'linux')(
  'loses neither the job nor a ping in 4 GB of address space',
  async () => {
    const file = project.write('limited.cjs', SCRIPT)

    expect(
      await project.run('sh', ['-c', `ulimit -v 4000000; exec '${process.execPath}' '${file}'`]),
    ).toEqual(GOOD)
    expect(project.kinds()).toEqual(PINGS)
  },
)

it.each([
  ['an option', `new CrontifyMonitor({ apiKey: 'x', silent: false, monitorId: 'm' })`, 'apiKey'],
  ['a definition', `defineMonitor({ id: 'not an id' })`, 'not an id'],
  ['a dispatcher', `require('@crontify/sdk/undici').undiciTransport(5)`, 'undiciTransport takes'],
])(
  'prints the message of an uncaught error about %s among the first things',
  async (_name, statement, message) => {
    const file = project.write(
      'e.cjs',
      `const { CrontifyMonitor, defineMonitor } = require('@crontify/sdk')\n${statement}`,
    )

    const { code, stderr } = await project.run(process.execPath, [file])

    expect(code).toBe(1)
    expect(stderr.replaceAll(project.folder, '').slice(0, 300)).toContain(message)
    expect(Math.max(...stderr.split('\n').map((line) => line.length))).toBeLessThan(500)
  },
)
