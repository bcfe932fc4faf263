import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import * as esbuild from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { packedProject, toolPath, type PackedProject } from '../packed-project.ts'

let project: PackedProject

beforeAll(async () => {
  project = await packedProject(['sdk', 'web'])
})
afterAll(() => project.close())

/** Packages that carry these runtimes have their own word for a processor. */
const ARCHITECTURES: Readonly<Record<string, Readonly<Record<'bun' | 'deno' | 'workerd', string>>>> = {
  x64: {
    bun: '@oven/bun-linux-x64/bin/bun',
    deno: '@deno/linux-x64-glibc/deno',
    workerd: '@cloudflare/workerd-linux-64/bin/workerd',
  },
  arm64: {
    bun: '@oven/bun-linux-aarch64/bin/bun',
    deno: '@deno/linux-arm64-glibc/deno',
    workerd: '@cloudflare/workerd-linux-arm64/bin/workerd',
  },
}
const onLinux = process.platform === 'linux'
const paths = ARCHITECTURES[process.arch]

/** One handler for all: what it does stands in the path. */
const HANDLER = `import { CrontifyMonitor } from '@crontify/sdk'
import { monitorHandler } from '@crontify/web'
const job = async (request) => {
  const { pathname } = new URL(request.url)
  if (pathname === '/down') return new Response('db down', { status: 500 })
  if (pathname === '/throw') throw new TypeError('disk is full')
  if (pathname !== '/stream') return Response.json({ ok: true })
  let piece = 0
  return new Response(new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 30))
      if (piece === 3) controller.close()
      else controller.enqueue(new TextEncoder().encode('piece ' + piece++ + ';'))
    },
  }))
}
`

interface Served {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Starts a server that prints its port, and gives its address. */
async function serve(
  command: string,
  parameters: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Served> {
  const child = spawn(command, parameters, {
    cwd: project.folder,
    env: { ...process.env, ...project.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const port = await new Promise<number>((resolve, reject) => {
    lines.on('line', (line) => {
      const found = /"?port"?[:=] ?(\d+)/.exec(line)?.[1]
      if (found !== undefined) resolve(Number(found))
    })
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code}`)))
  })
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

const runtimes: Readonly<Record<string, () => Promise<Served>>> = {
  Bun: () => {
    const file = project.write(
      'bun.mjs',
      `${HANDLER}const server = Bun.serve({ hostname: '127.0.0.1', port: 0, development: false,
        fetch: monitorHandler(new CrontifyMonitor({ monitorId: 'm' }), job), error: () => new Response('failed', { status: 500 }) })
      console.log('port=' + server.port)`,
    )
    return serve(toolPath(paths?.bun ?? ''), ['run', file], { CRON_SECRET: 'only-here' })
  },
  Deno: () => {
    const file = project.write(
      'deno.mjs',
      `${HANDLER}Deno.serve({ hostname: '127.0.0.1', port: 0, onListen: ({ port }) => console.log('port=' + port), onError: () => new Response('failed', { status: 500 }) },
        monitorHandler(new CrontifyMonitor({ monitorId: 'm' }), job))`,
    )
    return serve(toolPath(paths?.deno ?? ''), ['run', '--allow-all', '--node-modules-dir=manual', file], {
      CRON_SECRET: 'only-here',
    })
  },
  'workerd with nodejs_compat': () => serveWorker(['nodejs_compat']),
  'workerd without Node': () => serveWorker([]),
}

/** A worker as wrangler builds it: one file, its settings as bindings. */
async function serveWorker(flags: readonly string[]): Promise<Served> {
  const entry = project.write(
    'worker.mjs',
    `${HANDLER}let monitor
    const monitorOf = (env) => (monitor ??= new CrontifyMonitor({ monitorId: 'm', apiKey: env.CRONTIFY_API_KEY,
      baseUrl: env.CRONTIFY_BASE_URL }))
    export default {
      fetch: async (request, env, context) => {
        try { return await monitorHandler(monitorOf(env), job)(request, env, context) }
        catch { return new Response('failed', { status: 500 }) }
      },
    }`,
  )
  await esbuild.build({
    entryPoints: [entry],
    outfile: `${project.folder}/worker-bundle.mjs`,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    logLevel: 'error',
  })
  const bindings = { ...project.env, CRON_SECRET: 'only-here' }
  const config = project.write(
    'config.capnp',
    `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [(name = "main", worker = .main), (name = "internet", network = (allow = ["local", "private", "public"]))],
      sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
    );
    const main :Workerd.Worker = (
      modules = [(name = "worker", esModule = embed "worker-bundle.mjs")],
      compatibilityDate = "2026-01-01",
      compatibilityFlags = ${JSON.stringify(flags)},
      bindings = [${Object.entries(bindings)
        .map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`)
        .join(', ')}],
    );`,
  )
  return serve(toolPath(paths?.workerd ?? ''), ['serve', '--control-fd=1', config], {})
}

it.runIf(onLinux).each(Object.keys(runtimes))('watches a handler on %s', async (name) => {
  const { url, stop } = await (runtimes[name] as () => Promise<Served>)()
  try {
    const seen: unknown[] = []
    for (const path of ['/', '/down', '/throw', '/stream']) {
      const answer = await fetch(url + path, { headers: { authorization: 'Bearer only-here' } })
      const text = await answer.text()
      // On workerd the pings come behind the response, by waitUntil.
      let kinds: readonly string[] = []
      await expect
        .poll(() => (kinds = [...kinds, ...project.kinds()]).length, { timeout: 10_000, interval: 10 })
        .toBe(2)
      seen.push([path, answer.status, text, kinds.join()])
    }
    const refused = await fetch(url, { headers: { authorization: 'Bearer guessed' } })

    expect(seen).toEqual([
      ['/', 200, '{"ok":true}', 'start,success'],
      ['/down', 500, 'db down', 'start,fail'],
      ['/throw', 500, 'failed', 'start,fail'],
      ['/stream', 200, 'piece 0;piece 1;piece 2;', 'start,success'],
    ])
    expect([refused.status, project.kinds()]).toEqual([401, []])
    const failures = project.server.runs('m').flatMap(({ errorMessage }) => errorMessage ?? [])
    expect(failures.slice(-2)).toEqual(['responded with HTTP 500: db down', 'disk is full'])
  } finally {
    await stop()
  }
})
