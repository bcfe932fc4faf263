import { HEADER, type StoredRecord, readRecord } from './stored-record.ts'

/** What stands in a data file. */
export type ReadData =
  | { readonly type: 'data'; readonly records: readonly StoredRecord[]; readonly problem?: string }
  /** Not ours, or of a version that is not known here: not to be touched. */
  | { readonly type: 'foreign'; readonly message: string }

/**
 * Reads the text of a data file. A last line without an end was being written when the process was killed, and is left
 * out; damage before it is a problem, and what comes behind it is not believed.
 */
export function readDataText(text: string): ReadData {
  const lines = text.split('\n')
  const [header = '', ...rest] = lines.slice(0, -1)
  if (text !== '' && !isTornHeader(text)) {
    const foreign = headerProblem(header)
    if (foreign !== undefined) return { type: 'foreign', message: foreign }
  }
  const records: StoredRecord[] = []
  for (const [index, line] of rest.entries()) {
    const record = readRecord(line)
    if (record === undefined) {
      const problem = `line ${index + 2} of ${rest.length + 1} is damaged: what stands before it is taken, the rest is not`
      return { type: 'data', records, problem }
    }
    records.push(record)
  }
  return { type: 'data', records }
}

function isTornHeader(text: string): boolean {
  return !text.includes('\n') && JSON.stringify(HEADER).startsWith(text)
}

function headerProblem(line: string): string | undefined {
  const header = readJson(line)
  if (header?.['crontifyMockServer'] !== HEADER.crontifyMockServer)
    return 'it is not a data file of a mock server'
  return header['version'] === HEADER.version
    ? undefined
    : `it is of version ${JSON.stringify(header['version'])}, and only ${HEADER.version} is known here`
}

function readJson(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
