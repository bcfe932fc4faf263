import type { World } from '../world.ts'

/** Puts a colour around a text, or leaves it as it is. */
export type Paint = (colour: 'red' | 'yellow' | 'green' | 'grey' | 'bold', text: string) => string

const CODES = { red: [31, 39], yellow: [33, 39], green: [32, 39], grey: [90, 39], bold: [1, 22] } as const

/** Colours where somebody sees them: on a terminal, unless NO_COLOR is set. */
export function painter({ env, isTerminal }: Pick<World, 'env' | 'isTerminal'>): Paint {
  const noColour = env['NO_COLOR']
  if (!isTerminal.stdout || (noColour !== undefined && noColour !== '')) return (_, text) => text
  return (colour, text) => `\u001b[${CODES[colour][0]}m${text}\u001b[${CODES[colour][1]}m`
}
