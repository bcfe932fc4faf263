import { nearestName, type Meta, type MonitorDefinition } from '@crontify/protocol'
import { printable } from '../redaction/printable.ts'
import { hasSchema, metaIssues } from './definition-schema.ts'
import { explainRules } from './explain-rules.ts'

/**
 * What of a successful run's metadata does not fit the definition, in one sentence: a field that the schema refuses or
 * misses, or that a rule looks at in vain. `undefined` where all is well. Never throws.
 */
export function metaWarning(definition: MonitorDefinition, meta: Meta): string | undefined {
  const problems = [...schemaProblems(definition, meta), ...ruleProblems(definition, meta)]
  if (problems.length === 0) return undefined
  return `The metadata of "${definition.id}" do not fit its definition: ${problems.slice(0, 5).join('; ')}`
}

function schemaProblems(definition: MonitorDefinition, meta: Meta): string[] {
  return metaIssues(definition, meta).map(({ field, message }) => {
    const text = printable(message, 100)
    if (field === undefined) return text
    const meant = Object.hasOwn(meta, field) ? undefined : nearestName(field, Object.keys(meta))
    return `${printable(field, 60)}: ${text}${meant === undefined ? '' : ` (is it sent as "${printable(meant, 60)}"?)`}`
  })
}

/** A schema knows which fields may be missing; `duration_ms` need not be in it. */
function ruleProblems(definition: MonitorDefinition, meta: Meta): string[] {
  return explainRules(definition, meta)
    .filter(
      ({ because, rule }) =>
        because === 'missing' && (!hasSchema(definition) || rule.field === 'duration_ms'),
    )
    .map(({ text }) => text)
}
