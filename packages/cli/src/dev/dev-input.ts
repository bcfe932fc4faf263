import { createInterface } from 'node:readline'

/** What a person asks for while the server runs. */
export type DevRequest =
  { readonly type: 'advance'; readonly span: string } | { readonly type: 'help' | 'open' | 'quit' }

const KEYS: Readonly<Record<string, DevRequest>> = {
  m: { type: 'advance', span: '1m' },
  h: { type: 'advance', span: '1h' },
  d: { type: 'advance', span: '1d' },
  o: { type: 'open' },
  '?': { type: 'help' },
  q: { type: 'quit' },
  // Ctrl-C is a character while keys are read one by one.
  '\u0003': { type: 'quit' },
}
const WORDS: Readonly<Record<string, DevRequest>> = {
  quit: { type: 'quit' },
  open: { type: 'open' },
  '?': { type: 'help' },
  help: { type: 'help' },
}

/**
 * Reads keys at a terminal, else lines: a duration such as `26h`, `open`, `help` or `quit`. The end of the lines is a request
 * to quit.
 *
 * @returns a function that stops reading
 */
export function readDevInput(isTerminal: boolean, hear: (request: DevRequest) => void): () => void {
  const { stdin } = process
  if (!isTerminal) {
    const lines = createInterface({ input: stdin })
    lines.on('line', (text) => {
      const line = text.trim()
      if (line !== '') hear(WORDS[line] ?? { type: 'advance', span: line })
    })
    lines.on('close', () => hear({ type: 'quit' }))
    return () => lines.removeAllListeners('close').close()
  }
  const onKey = (key: Buffer): void => {
    const request = KEYS[String(key)]
    if (request !== undefined) hear(request)
  }
  stdin.setRawMode(true).on('data', onKey).resume()
  return () => stdin.off('data', onKey).setRawMode(false).pause()
}
