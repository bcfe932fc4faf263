/**
 * A text cut to `limit` UTF-16 code units: its first `headLength` and its end, with a line between them that says how
 * much is missing. No character is cut in half.
 */
export function keepEnds(text: string, headLength: number, limit: number): string {
  if (text.length <= limit) return text.toWellFormed()
  const room = limit - marker(text.length).length
  const head = endOfWhole(text, Math.max(0, Math.min(headLength, room)))
  const tail = startOfWhole(text, text.length - Math.max(0, room - head))
  return (text.slice(0, head) + marker(tail - head) + text.slice(tail)).slice(0, limit).toWellFormed()
}

function marker(missing: number): string {
  return `\n… ${missing} characters left out …\n`
}

function endOfWhole(text: string, index: number): number {
  return splitsPair(text, index) ? index - 1 : index
}

function startOfWhole(text: string, index: number): number {
  return splitsPair(text, index) ? index + 1 : index
}

function splitsPair(text: string, index: number): boolean {
  return (text.codePointAt(index - 1) ?? 0) > 0xffff
}
