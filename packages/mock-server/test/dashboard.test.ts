import { get } from 'node:http'
import { gunzipSync, gzipSync } from 'node:zlib'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'
import { accepted, startServer } from './server.ts'

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const control = (server: MockServer, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${server.url}/__control${path}`, {
    ...init,
    headers: { Authorization: `Bearer ${server.controlToken}` },
  })

it('serves a page without anything inline, that nothing may frame, and that holds the control token', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }] })

  const answer = await fetch(`${server.url}/`)
  const html = await answer.text()

  expect(answer.headers.get('Content-Security-Policy')).toBe(CSP)
  expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
  expect(answer.headers.get('Referrer-Policy')).toBe('no-referrer')
  expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull()
  expect(html).toContain(`content="${server.controlToken}"`)
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style| on\w+=| style=/)
  expect(html).not.toContain(server.apiKey)
})

it('keeps the control token out of the page where other machines can open it', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }], allowHosts: ['crontify'] })

  expect(await (await fetch(`${server.url}/`)).text()).not.toContain(server.controlToken)
  expect(server.dashboardUrl).toBe(`${server.url}/#token=${server.controlToken}`)
})

it('serves the files of the page, in all no more than 120 kB packed', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }] })
  let bytes = 0
  for (const [file, type] of [
    ['app.js', 'text/javascript'],
    ['app.css', 'text/css'],
  ] as const) {
    const answer = await fetch(`${server.url}/dashboard/${file}`)
    expect(answer.headers.get('Content-Type')).toContain(type)
    bytes += gzipSync(await answer.text()).length
  }

  expect(bytes).toBeLessThan(120_000)
  expect(bytes).toBeGreaterThan(10_000)
})

it.each([
  '/dashboard/',
  '/dashboard/package.json',
  '/dashboard/..%2findex.js',
  '/dashboard/app.js/',
  '/index.html',
])('has nothing at %s', async (path) => {
  const server = await startServer({ monitors: [{ id: 'job' }] })

  expect((await fetch(`${server.url}${path}`)).status).toBe(404)
})

it('sums up each monitor, anew when it has run', async () => {
  const server = await startServer({
    clock: 'virtual',
    monitors: [{ id: 'job', everySeconds: 600, graceSeconds: 60, tier: 1, tags: ['a'] }, { id: 'other' }],
  })
  const overview = async (): Promise<{ monitors: object[] }> =>
    ((await (await control(server, '/overview')).json()) as { data: { monitors: object[] } }).data

  expect(await overview()).toMatchObject({
    now: server.now(),
    clock: 'virtual',
    apiKey: server.apiKey,
    pings: 0,
    monitors: [
      { id: 'job', status: 'waiting', tier: 1, tags: ['a'], graceSeconds: 60, ended: 0, recentMs: [] },
      { id: 'other', status: 'waiting', tags: [], graceSeconds: 300 },
    ],
  })
  await accepted(server, 'job', 'start')
  await server.advance('2s')
  await accepted(server, 'job', 'success')
  await accepted(server, 'job', 'fail', { errorMessage: 'disk is full' })

  expect((await overview()).monitors[0]).toMatchObject({
    status: 'failing',
    ended: 2,
    succeeded: 1,
    p95Ms: 2_000,
    recentMs: [2_000],
    last: { status: 'failed' },
    attention: { level: 'failing', cause: { type: 'failure' }, streak: 1 },
  })
  server.reset()
  expect((await overview()).monitors[0]).toMatchObject({ status: 'waiting', ended: 0 })
})

it('gives the log of a run, or nothing', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }] })
  const { runId } = await accepted(server, 'job', 'fail', { logOutput: 'line 1' })
  const log = async (id: string): Promise<unknown> =>
    ((await (await control(server, `/monitors/job/runs/${id}/log`)).json()) as { data: unknown }).data

  expect(await log(runId)).toEqual({ logOutput: 'line 1' })
  expect(await log('unknown')).toEqual({})
})

it('tells a page that watches who has changed, many events in one', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }, { id: 'other' }] })
  const stream = await control(server, '/changes')
  const events = eventsOf(stream)

  expect(stream.headers.get('Content-Type')).toContain('text/event-stream')
  expect(await events.next()).toMatchObject({ value: { name: 'hello' } })
  await accepted(server, 'job', 'start')
  await accepted(server, 'job', 'fail')
  await accepted(server, 'other', 'success')

  const seen = { monitors: new Set<string>(), alerts: 0, pings: 0 }
  while (seen.pings < 3) {
    const { value } = await events.next()
    const change = JSON.parse(value?.data ?? '') as { monitors: string[]; alerts: number; pings: number }
    for (const id of change.monitors) seen.monitors.add(id)
    seen.alerts += change.alerts
    seen.pings += change.pings
  }
  expect(seen).toEqual({ monitors: new Set(['job', 'other']), alerts: 1, pings: 3 })
})

it('tells nothing to whoever has no token', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }] })

  for (const path of ['/changes', '/overview', '/monitors/job/runs/x/log']) {
    expect((await fetch(`${server.url}/__control${path}`)).status).toBe(403)
  }
})

it('ends the streams of its pages when it is closed, at once', async () => {
  const server = await createMockServer({ monitors: [{ id: 'job' }] })
  onTestFinished(() => server.close())
  const events = eventsOf(await control(server, '/changes'))
  await events.next()

  await server.close()

  expect((await events.next().catch(() => ({ done: true }))).done).toBe(true)
})

async function* eventsOf(answer: Response): AsyncGenerator<{ name: string; data: string }> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const part of answer.body ?? []) {
    text += decoder.decode(part as Uint8Array, { stream: true })
    const events = text.split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) {
      yield { name: /^event: (.*)$/m.exec(event)?.[1] ?? '', data: /^data: (.*)$/m.exec(event)?.[1] ?? '' }
    }
  }
}

it('sends 2 kB for a ping to a page with 1,000 monitors, and 60 kB when all of them change', async () => {
  const monitors = Array.from({ length: 1_000 }, (_, index) => ({
    id: `job-${index}`,
    schedule: `${index % 60} * * * *`,
    graceSeconds: 300,
  }))
  const server = await startServer({ monitors, rateLimitPerMinute: Infinity })
  const send = (id: string, kind: string): Promise<Response> =>
    server.fetch(`http://mock/api/v1/ping/${id}/${kind}`, {
      method: 'POST',
      headers: { 'X-API-Key': server.apiKey },
    })
  for (let count = 0; count < 30; count += 1) {
    for (const { id } of monitors) await send(id, 'start')
    for (const [index, { id }] of monitors.entries()) {
      if (index % 20 === 0) await server.advance(1 + ((index * 7_919 + count * 104_729) % 1_000))
      await send(id, 'success')
    }
  }
  const first = await packed(server, '/overview')

  await send('job-7', 'fail')
  const second = await packed(server, `/overview?since=${first.data.revision}`)
  expect(second.data.monitors.map(({ id }) => id)).toEqual(['job-7'])
  expect(second.bytes).toBeLessThan(2_000)

  // All of them change at once.
  await server.advance('2h')
  const third = await packed(server, `/overview?since=${second.data.revision}`)
  expect(third.data.monitors).toHaveLength(1_000)
  expect(third.bytes).toBeLessThan(60_000)
})

/** What a browser gets of a path of the control API, and how many bytes that took on the wire. */
async function packed(
  server: MockServer,
  path: string,
): Promise<{ bytes: number; data: { revision: number; monitors: { id: string }[] } }> {
  const chunks: Buffer[] = []
  await new Promise<void>((resolve, reject) => {
    get(
      `${server.url}/__control${path}`,
      { headers: { Authorization: `Bearer ${server.controlToken}`, 'Accept-Encoding': 'gzip' } },
      (answer) => answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', resolve),
    ).on('error', reject)
  })
  const body = Buffer.concat(chunks)
  const { data } = JSON.parse(gunzipSync(body).toString()) as Awaited<ReturnType<typeof packed>>
  return { bytes: body.length, data }
}
