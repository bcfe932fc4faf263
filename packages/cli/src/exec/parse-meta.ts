import { metaEntry } from './exec-options.ts'

/** The contents of a metadata file. */
export interface ParsedMeta {
  readonly meta: Readonly<Record<string, number>>
  /** Numbers, from 1, of lines that are not `name=number`. */
  readonly badLines: readonly number[]
}

/** Reads lines such as `records_processed=1523`; empty lines and those that begin with `#` are skipped. */
export function parseMeta(text: string): ParsedMeta {
  const meta: Record<string, number> = {}
  const badLines: number[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const entry = metaEntry(line)
    if (entry === undefined) badLines.push(index + 1)
    else Object.defineProperty(meta, entry[0], { value: entry[1], enumerable: true, configurable: true })
  }
  return { meta, badLines }
}
