const HIGH_SURROGATE_FROM = 0xd800
const HIGH_SURROGATE_TO = 0xdbff
/** Of a log that is too long, this share of the limit is kept from its head: alerts show the head. */
const HEAD_SHARE = 0.6

/**
 * The head of a text, at most `limit` UTF-16 code units, with no character cut in half.
 *
 * Lone surrogates, which JSON readers may refuse, become U+FFFD.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text.toWellFormed()
  return text.slice(0, wholeCharacters(text, limit)).toWellFormed()
}

/**
 * Head and tail of a text with a line between them that says how much is missing, at most `limit` UTF-16 code
 * units in all.
 *
 * The head is where alerts look [D CHAN], the tail is where a program usually says why it ended.
 */
export function cutMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text.toWellFormed()
  // The marker names a count no longer than that of the whole text, so its room is known before the cut.
  const room = Math.max(0, limit - marker(text.length).length)
  const headLength = wholeCharacters(text, Math.ceil(room * HEAD_SHARE))
  const tailFrom = wholeCharacters(text, text.length - (room - headLength), 'up')
  const cut = text.slice(0, headLength) + marker(tailFrom - headLength) + text.slice(tailFrom)
  return cutText(cut, limit)
}

function marker(missing: number): string {
  return `\n… ${missing} characters left out …\n`
}

/** The nearest index at or below (`up`: at or above) `index` that does not split a surrogate pair. */
function wholeCharacters(text: string, index: number, direction: 'down' | 'up' = 'down'): number {
  const before = text.charCodeAt(index - 1)
  const splits = before >= HIGH_SURROGATE_FROM && before <= HIGH_SURROGATE_TO
  if (!splits) return index
  return direction === 'down' ? index - 1 : index + 1
}
