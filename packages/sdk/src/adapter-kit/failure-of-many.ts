/** Most causes that a message tells. Those left out are counted. */
const MAX_CAUSES = 5

/**
 * The error of a batch of which some parts failed: how many, and why.
 *
 * It has no stack, which would show this file and not the job.
 *
 * @example
 * import { failureOfMany } from '@crontify/sdk/adapter'
 *
 * console.log(failureOfMany(['no paper'], '1 of 3 jobs failed').message) // "1 of 3 jobs failed", and "no paper" below
 */
export function failureOfMany(causes: readonly string[], summary: string): { name: string; message: string } {
  const more = causes.length > MAX_CAUSES ? [`and ${causes.length - MAX_CAUSES} more`] : []
  return { name: 'BatchFailed', message: [summary, ...causes.slice(0, MAX_CAUSES), ...more].join('\n') }
}
