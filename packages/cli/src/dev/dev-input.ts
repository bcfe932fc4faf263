import { createInterface } from 'node:readline'

/** What somebody asks for while the server runs. */
export type DevRequest = { readonly type: 'advance'; readonly span: string } | { readonly type: 'quit' }

const KEYS: Readonly<Record<string, DevRequest>> = {
  m: { type: 'advance', span: '1m' },
  h: { type: 'advance', span: '1h' },
  d: { type: 'advance', span: '1d' },
  q: { type: 'quit' },
  // Ctrl-C is a character while keys are read one by one.
  '\u0003': { type: 'quit' },
}

/** Reads keys at a terminal, else lines: a span such as `26h`, or `quit`. */
export function readDevInput(isTerminal: boolean, hear: (request: DevRequest) => void): () => void {
  const { stdin } = process
  if (!isTerminal) {
    const lines = createInterface({ input: stdin })
    lines.on('line', (text) => {
      const line = text.trim()
      if (line !== '') hear(line === 'quit' ? { type: 'quit' } : { type: 'advance', span: line })
    })
    return () => lines.close()
  }
  const onKey = (key: Buffer): void => {
    const request = KEYS[String(key)]
    if (request !== undefined) hear(request)
  }
  stdin.setRawMode(true).on('data', onKey).resume()
  return () => stdin.off('data', onKey).setRawMode(false).pause()
}
