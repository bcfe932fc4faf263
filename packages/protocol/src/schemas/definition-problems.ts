import { channelDefinitionSchema } from './channel-definition-schema.ts'
import { monitorDefinitionSchema } from './monitor-definition-schema.ts'
import { problemsOf } from './problems-of.ts'

/**
 * Returns what is wrong with a monitor definition, one sentence each: the field, what it must be and its value. An empty list
 * means that the definition can be used.
 *
 * The schedule is read as its dialect does, so one that is unreadable or never occurs is a problem too. Never throws.
 *
 * @example
 * console.log(definitionProblems({ id: 'nightly-backup', grace: 600 }))
 * // [ '"grace" (did you mean "graceSeconds"?) is not a field of a monitor; it has id, name, schedule, …' ]
 */
export function definitionProblems(definition: unknown): readonly string[] {
  return problemsOf(monitorDefinitionSchema, definition, 'A monitor definition')
}

/**
 * Returns what is wrong with a channel definition, one sentence each, as {@link definitionProblems} does for monitors. URLs and
 * keys of channels are secrets: their values are never shown. Never throws.
 */
export function channelProblems(channel: unknown): readonly string[] {
  return problemsOf(channelDefinitionSchema, channel, 'A channel definition')
}
