import type { VNode } from 'preact'
import { CopyButton } from '../parts/copy-button.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import type { Store } from '../data/store.ts'

/** The lines to paste into a job, with this server's address and key. */
export function FirstRun({ store, origin }: { readonly store: Store; readonly origin: string }): VNode {
  const overview = store.overview.value
  const monitorId = overview?.monitors[0]?.id ?? 'nightly-backup'
  const apiKey = overview?.apiKey ?? '…'
  const hasPings = (overview?.pings ?? 0) > 0
  return (
    <section>
      <PageHeading store={store}>{hasPings ? 'Connected' : 'Connect a job'}</PageHeading>
      <p role="status" class={hasPings ? 'live' : 'waiting-for-ping'}>
        {hasPings ? (
          <>
            Pings arrive. <a href="#/">See your monitors</a>
          </>
        ) : (
          'Paste one of these into a job and run it: this page turns live with the first ping.'
        )}
      </p>
      {overview?.monitors.length === 0 && (
        <p class="empty">
          This server has no monitors yet, so a ping would be refused. Define some in the configuration, or{' '}
          <button
            type="button"
            onClick={() =>
              void store.act(() =>
                store.api.call('PUT', '/monitors/nightly-backup', {
                  schedule: '0 2 * * *',
                  graceSeconds: 600,
                }),
              )
            }
          >
            add nightly-backup
          </button>
        </p>
      )}
      <Snippet title="Node" lines={nodeLines(origin, apiKey, monitorId)} />
      <Snippet title="bash, or any language" lines={bashLines(origin, apiKey, monitorId)} />
      <Snippet title="node-cron" lines={cronLines(origin, apiKey, monitorId)} />
    </section>
  )
}

function monitorLines(baseUrl: string, apiKey: string, monitorId: string): readonly string[] {
  return [
    "import { CrontifyMonitor } from '@crontify/sdk'",
    `const monitor = new CrontifyMonitor({ monitorId: '${monitorId}', apiKey: '${apiKey}',`,
    `  baseUrl: '${baseUrl}' })`,
  ]
}

function nodeLines(baseUrl: string, apiKey: string, monitorId: string): string {
  return [
    ...monitorLines(baseUrl, apiKey, monitorId),
    'await monitor.wrap(async () => ({ records_processed: 42 }))',
  ].join('\n')
}

function bashLines(baseUrl: string, apiKey: string, monitorId: string): string {
  const ping = (kind: string): string => `curl -fsS -m 10 -X POST -H "$KEY" "$URL/${kind}"`
  return [
    `KEY='X-API-Key: ${apiKey}' URL='${baseUrl}/api/v1/ping/${monitorId}'`,
    ping('start'),
    `if ./your-job.sh; then ${ping('success')}; else ${ping('fail')}; fi`,
  ].join('\n')
}

function cronLines(baseUrl: string, apiKey: string, monitorId: string): string {
  return [
    ...monitorLines(baseUrl, apiKey, monitorId),
    "import { monitorJob } from '@crontify/node-cron'",
    "import cron from 'node-cron'",
    "cron.schedule('0 2 * * *', monitorJob(monitor, yourJob), { noOverlap: true })",
  ].join('\n')
}

function Snippet({ title, lines }: { readonly title: string; readonly lines: string }): VNode {
  return (
    <section class="card snippet">
      <header>
        <h2>{title}</h2>
        <CopyButton text={lines} />
      </header>
      <pre tabIndex={0} aria-label={`Lines for ${title}`}>
        {lines}
      </pre>
    </section>
  )
}
