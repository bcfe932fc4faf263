import type { Severity } from './statuses.ts'

interface ChannelBase {
  /** Named by the monitors that alert on it: 1 to 128 letters, digits, `_` and `-`. */
  readonly id: string
  /** For people, at most 200 characters. @default the id */
  readonly name?: string
  /** Alerts below this severity are not sent here. The service sends every alert [D CHAN]. @default 'info' [I] */
  readonly minimumSeverity?: Severity
}

/**
 * Where notifications go, as plain data. The kinds and what configures them are documented, PagerDuty excepted; the names
 * of the fields are ours. [D CHAN; I]
 */
export type ChannelDefinition =
  /** Mail to one address. [D CHAN] */
  | (ChannelBase & { readonly kind: 'email'; readonly to: string })
  /** A Slack incoming webhook, as in `https://hooks.slack.com/services/…`. The address is a secret. [D CHAN] */
  | (ChannelBase & { readonly kind: 'slack'; readonly url: string })
  /** A Discord channel webhook, as in `https://discord.com/api/webhooks/…`. The address is a secret. [D CHAN] */
  | (ChannelBase & { readonly kind: 'discord'; readonly url: string })
  /** A POST of JSON. HTTPS is required [D CHAN]; plain HTTP to this machine is accepted for tests [I]. */
  | (ChannelBase & { readonly kind: 'webhook'; readonly url: string })
  /** PagerDuty's Events API. Nothing documents that the service has it. The key is a secret. [?] */
  | (ChannelBase & { readonly kind: 'pagerduty'; readonly routingKey: string })

/** What a channel can be. */
export type ChannelKind = ChannelDefinition['kind']

/**
 * A channel as a configuration file has it: a list such as `[{ id: 'ops', kind: 'email', to: 'ops@example.com' }]` needs no
 * `as const`, although the compiler reads `kind` as any string. What is not a {@link ChannelDefinition} is found at run time.
 */
export type ChannelInput =
  | ChannelDefinition
  | (Omit<ChannelBase, 'minimumSeverity'> & {
      readonly kind: string
      readonly minimumSeverity?: string
      readonly to?: string
      readonly url?: string
      readonly routingKey?: string
    })
