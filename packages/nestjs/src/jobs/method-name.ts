/** A method as messages name it: `ReportService.nightly`. */
export function methodName(owner: object, key: string | symbol): string {
  const made: unknown = (owner as { readonly constructor?: { readonly name?: unknown } }).constructor?.name
  return `${typeof made === 'string' && made !== '' ? made : 'a class without a name'}.${String(key)}`
}
