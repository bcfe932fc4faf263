import { systemClock } from './system-clock.ts'
import type { World } from './world.ts'

/** The machine that the program runs on. */
export function systemWorld(): World {
  // A reader that has gone is no reason to fail: the job matters, not who reads of it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  return {
    args: process.argv.slice(2),
    env: process.env,
    clock: systemClock,
    isTerminal: {
      stdin: process.stdin.isTTY === true,
      stdout: process.stdout.isTTY === true,
      stderr: process.stderr.isTTY === true,
    },
    print: (text) => process.stdout.write(text),
    printError: (text) => process.stderr.write(text),
    readInput: async () => {
      const chunks: Buffer[] = []
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
      return Buffer.concat(chunks).toString()
    },
    stopped: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
      }),
  }
}
