import * as z from 'zod/mini'
import type { ChannelDefinition, ChannelKind } from '../channel-definition.ts'
import { isLoopbackHost } from '../is-loopback-host.ts'
import { MAX_NAME_LENGTH, MAX_URL_LENGTH } from '../limits.ts'
import { SEVERITIES } from '../severity.ts'
import { fieldsParams, idField, textField } from './fields.ts'

const KINDS: readonly ChannelKind[] = ['email', 'slack', 'discord', 'webhook', 'pagerduty']
const EMAIL_ACCEPTED = 'one mail address such as "ops@example.com"'
const URL_ACCEPTED = `an https URL of at most ${MAX_URL_LENGTH} characters (plain http only to this machine)`
const KEY_ACCEPTED = '1 to 128 letters, digits, "_" or "-"'

const common = {
  id: idField,
  name: z.exactOptional(textField(MAX_NAME_LENGTH)),
  minimumSeverity: z.exactOptional(z.enum(SEVERITIES, `one of ${SEVERITIES.join(', ')}`)),
}

const target = z
  .url(URL_ACCEPTED)
  .check(z.maxLength(MAX_URL_LENGTH, URL_ACCEPTED), z.refine(isSafeTarget, { error: URL_ACCEPTED }))

function channelOf<Kind extends ChannelKind, Fields extends z.core.$ZodLooseShape>(kind: Kind, own: Fields) {
  const fields = { ...common, kind: z.literal(kind), ...own }
  return z.strictObject(fields, fieldsParams(`a channel of kind "${kind}"`, Object.keys(fields)))
}

/** A channel definition: one object for each kind. */
export const channelDefinitionSchema: z.ZodMiniType<ChannelDefinition> = z.discriminatedUnion(
  'kind',
  [
    channelOf('email', {
      to: z.email(EMAIL_ACCEPTED).check(z.maxLength(254, EMAIL_ACCEPTED)), // RFC 5321, 4.5.3.1.3
    }),
    channelOf('slack', { url: target }),
    channelOf('discord', { url: target }),
    channelOf('webhook', { url: target }),
    channelOf('pagerduty', {
      routingKey: z.string(KEY_ACCEPTED).check(z.regex(/^[A-Za-z0-9_-]{1,128}$/, KEY_ACCEPTED)),
    }),
  ],
  {
    // The kind is known not to fit, or the whole is not even an object: zod's types know of the first only.
    error: ({ code }: { readonly code?: string }) =>
      code === 'invalid_type'
        ? 'an object of id, kind and what the kind needs'
        : `one of ${KINDS.join(', ')}`,
  },
)

function isSafeTarget(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))
}
