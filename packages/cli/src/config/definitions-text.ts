/** A definition that is proposed for a job. */
export interface ProposedDefinition {
  readonly id: string
  /** Where the job was found, for a comment. */
  readonly comment?: string
  readonly fields: Readonly<Record<string, string | number | readonly string[]>>
}

/** The definitions as a configuration file in TypeScript. */
export function definitionsText(definitions: readonly ProposedDefinition[]): string {
  const entries = definitions.map(({ id, comment, fields }) => {
    const texts = Object.entries({ id, ...fields }).map(([name, value]) => `${name}: ${literal(value)}`)
    const line = `  defineMonitor({ ${texts.join(', ')} }),\n`
    return comment === undefined ? line : `  // ${comment.replaceAll(/\s+/g, ' ')}\n${line}`
  })
  return `import { defineMonitor } from '@crontify/sdk'\n\nexport const monitors = [\n${entries.join('')}]\n`
}

function literal(value: string | number | readonly string[]): string {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return `[${value.map(literal).join(', ')}]`
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
}
