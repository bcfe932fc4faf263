import type { World } from '../world.ts'

/** Puts a color around a text, or leaves it as it is. */
export type Paint = (color: 'red' | 'yellow' | 'green' | 'grey' | 'bold', text: string) => string

const CODES = { red: [31, 39], yellow: [33, 39], green: [32, 39], grey: [90, 39], bold: [1, 22] } as const

/** Colors where somebody sees them: on a terminal, unless NO_COLOR is set. */
export function painter({ env, isTerminal }: Pick<World, 'env' | 'isTerminal'>): Paint {
  const noColor = env['NO_COLOR']
  if (!isTerminal.stdout || (noColor !== undefined && noColor !== '')) return (_, text) => text
  return (color, text) => `\u001b[${CODES[color][0]}m${text}\u001b[${CODES[color][1]}m`
}
