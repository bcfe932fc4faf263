import { isNode, LineCounter, parseAllDocuments } from 'yaml'
import type { DiscoverProblem } from '../discovered-job.ts'

/** One document of a YAML file. */
export interface YamlDocument {
  /** Plain data. */
  readonly value: unknown
  /** Line of what stands at a path, from 1; of the nearest thing above it if it is missing. */
  lineOf(path: readonly (string | number)[]): number
}

/** The documents of a YAML file. One with an error is a problem, and does not hide the others. */
export function yamlDocuments(
  text: string,
  file: string,
): { readonly documents: readonly YamlDocument[]; readonly problems: readonly DiscoverProblem[] } {
  const counter = new LineCounter()
  const parsed = parseAllDocuments(text, { lineCounter: counter, logLevel: 'silent' })
  const documents: YamlDocument[] = []
  const problems: DiscoverProblem[] = []
  for (const document of 'empty' in parsed ? [] : parsed) {
    const [error] = document.errors
    if (error !== undefined) {
      const [message = ''] = error.message.split('\n')
      problems.push({
        file,
        line: error.linePos?.[0].line,
        message: message.replace(/ at line \d+, column \d+:?$/, ''),
      })
      continue
    }
    documents.push({
      value: document.toJS({ maxAliasCount: 100 }),
      lineOf: (path) => {
        for (let length = path.length; length >= 0; length--) {
          const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
          if (isNode(node) && node.range) return counter.linePos(node.range[0]).line
        }
        return 1
      },
    })
  }
  return { documents, problems }
}

/** What is at a path of plain data; `undefined` if any part of it is missing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let current = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined
    current = (current as Readonly<Record<string | number, unknown>>)[key]
  }
  return current
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : undefined
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? (found as readonly unknown[]) : []
}
