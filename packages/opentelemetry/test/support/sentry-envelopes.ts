import { createTransport, type NodeOptions } from '@sentry/node'

/** One item of the envelopes that Sentry sends. */
export interface SentryItem {
  readonly type: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** A Sentry transport that keeps what it is given, so that no request is made. */
export function keptEnvelopes(): {
  readonly items: SentryItem[]
  readonly transport: NonNullable<NodeOptions['transport']>
} {
  const items: SentryItem[] = []
  return {
    items,
    transport: (options) =>
      createTransport(options, ({ body }) => {
        // A header of the envelope, then a header and a payload for each item.
        const [, ...lines] = String(body).trimEnd().split('\n')
        for (let at = 0; at < lines.length; at += 2) {
          const { type } = JSON.parse(lines[at] ?? '') as { readonly type: string }
          items.push({ type, payload: JSON.parse(lines[at + 1] ?? '') as SentryItem['payload'] })
        }
        return Promise.resolve({ statusCode: 200 })
      }),
  }
}
