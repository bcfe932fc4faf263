/** Says something once that no caller can be told in any other way, on the standard error output. */
export function warn(text: string): void {
  process.emitWarning(text, 'CrontifyWarning')
}
