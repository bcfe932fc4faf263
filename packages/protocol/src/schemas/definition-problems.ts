import { channelDefinitionSchema } from './channel-definition-schema.ts'
import { monitorDefinitionSchema } from './monitor-definition-schema.ts'
import { problemsOf } from './problems-of.ts'

/**
 * What is wrong with a monitor definition, one sentence each, with the field, its value and what is accepted; an empty list
 * means that it can be used.
 *
 * The cron expression itself is not read here: whoever computes instants from it also judges it. Never throws.
 *
 * @example
 * console.log(definitionProblems({ id: 'nightly-backup', grace: 600 }))
 * // [ '"grace" (did you mean "graceSeconds"?) is not a field of a monitor; it has id, name, schedule, …' ]
 */
export function definitionProblems(definition: unknown): readonly string[] {
  return problemsOf(monitorDefinitionSchema, definition, 'A monitor definition')
}

/**
 * What is wrong with a channel definition, as {@link definitionProblems} says it of monitors. URLs and keys of channels are
 * secrets: their values are never shown. Never throws.
 */
export function channelProblems(channel: unknown): readonly string[] {
  return problemsOf(channelDefinitionSchema, channel, 'A channel definition')
}
