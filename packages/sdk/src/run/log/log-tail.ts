import { keepEnds } from '../../redaction/keep-ends.ts'
import { createKeyLineFilter } from '../../redaction/private-keys.ts'

/** The lines that a run has logged: the first and the last of them, in bounded memory. Never throws. */
export interface LogTail {
  add(line: string): void
  isEmpty(): boolean
  /** The last lines, at most `count` of them, oldest first. */
  last(count: number): readonly string[]
  /** What is kept, with its secrets. `leftOut` lines stood between `head` and `tail`. */
  kept(): { readonly head: string; readonly tail: string; readonly leftOut: number }
}

/** UTF-16 code units kept of the first lines. More than is sent of them, so that a secret is whole when it is redacted. */
const HEAD_LENGTH = 4 * 1024
/** The same for the last lines. */
const TAIL_LENGTH = 16 * 1024
/** Longest line; of a longer one this much of its beginning is kept, and its end. */
const LINE_LENGTH = 16 * 1024
const LINE_HEAD_LENGTH = 5 * 1024
/** Lines that have gone are cleared away together: one by one would move the list each time. */
const CLEAR_AFTER = 1_024

/**
 * @param clean  Takes secrets out of a text; used on a line that is cut, because no cut may hide half a secret.
 */
export function createLogTail(clean: (text: string) => string): LogTail {
  const keyLines = createKeyLineFilter()
  const head: string[] = []
  let headRoom = HEAD_LENGTH
  let tail: string[] = []
  /** Where the tail begins in its list. */
  let from = 0
  let tailLength = 0
  let leftOut = 0

  const dropOldest = (): void => {
    let isValueNext: boolean
    do {
      const dropped = tail[from] ?? ''
      // A value must not stay without the name by which it is known.
      isValueNext = goesOn(dropped)
      tailLength -= dropped.length + 1
      tail[from] = ''
      from++
      leftOut++
    } while (isValueNext && tail.length - from > 1)
    if (from < CLEAR_AFTER) return
    tail = tail.slice(from)
    from = 0
  }
  const lines = (): readonly string[] => tail.slice(from)
  return {
    add: (given) => {
      const line = keyLines(given)
      if (line === undefined) return
      const kept =
        line.length > LINE_LENGTH ? ownCopy(keepEnds(clean(line), LINE_HEAD_LENGTH, LINE_LENGTH)) : line
      if (tail.length === 0 && kept.length < headRoom) {
        headRoom -= kept.length + 1
        head.push(kept)
        return
      }
      tail.push(kept)
      tailLength += kept.length + 1
      while (tailLength > TAIL_LENGTH && tail.length - from > 1) dropOldest()
    },
    isEmpty: () => head.length === 0 && tail.length === 0,
    last: (count) => [...head, ...lines()].slice(-count),
    kept: () => ({ head: head.join('\n'), tail: lines().join('\n'), leftOut }),
  }
}

/** A line whose value may be on the next one. */
const GOES_ON = /(?:[:=>\\]|(?:^|\s)-[a-z]|\b(?:bearer|basic|digest|token|password))\s*$/i

function goesOn(line: string): boolean {
  return GOES_ON.test(line.slice(-64))
}

/** A slice of a text keeps all of it in memory; a copy does not. */
function ownCopy(text: string): string {
  // Edge runtimes have no `Buffer`; there the text is kept.
  return typeof Buffer === 'undefined' ? text : Buffer.from(text, 'utf16le').toString('utf16le')
}
