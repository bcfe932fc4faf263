/** node-cron says why it runs a task in `context.execution.reason`: `scheduled` or `invoked`. */
export function isByHand(context: unknown): boolean {
  const execution = (context as { execution?: { reason?: unknown } } | undefined)?.execution
  return execution?.reason === 'invoked'
}
