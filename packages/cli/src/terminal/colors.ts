import type { World } from '../world.ts'

/** Puts a color around a text, or returns it as it is. */
export type Paint = (color: 'red' | 'yellow' | 'green' | 'grey' | 'bold', text: string) => string

const CODES = { red: [31, 39], yellow: [33, 39], green: [32, 39], grey: [90, 39], bold: [1, 22] } as const

/** Paints for standard output. */
export function painter({ env, isTerminal }: Pick<World, 'env' | 'isTerminal'>): Paint {
  if (!hasColors(env, isTerminal.stdout)) return (_, text) => text
  return (color, text) => `\u001b[${CODES[color][0]}m${text}\u001b[${CODES[color][1]}m`
}

/** FORCE_COLOR decides first, then NO_COLOR, then whether it is a terminal that has colors. */
export function hasColors(env: World['env'], isTerminal: boolean): boolean {
  const forced = env['FORCE_COLOR']
  if (forced !== undefined && forced !== '') return forced !== '0' && forced.toLowerCase() !== 'false'
  if ((env['NO_COLOR'] ?? '') !== '') return false
  return isTerminal && env['TERM'] !== 'dumb'
}
