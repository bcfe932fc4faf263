import { cutMiddle, cutText, LOG_SNIPPET_LENGTH, MAX_LOG_OUTPUT_LENGTH } from '@crontify/protocol'
import { keepEnds } from '../../redaction/keep-ends.ts'
import type { LogTail } from './log-tail.ts'

/** Takes secrets out of a text. */
type Clean = (text: string) => string

/** Most that an error takes of a log which also has lines of the run. */
const ERROR_LENGTH = 5_000
/** Share of the lines' room that the first of them get; the last ones say why a run ended. */
const FIRST_LINES_SHARE = 0.2
/** Longest error message after which its top frames still stand where alerts show them. */
const HEADLINE_LENGTH = 240
/** Stands between an error and what its run has logged. */
export const LOG_HEADING = '\n\nLog of the run:\n'
const FRAME = /\n {4}at /

/**
 * The log of a failed run: the error with its causes, then what the run has logged, within the 10,000 characters of the
 * service. [D LOG]
 *
 * Every text is redacted before it is cut, so that no cut hides half a secret.
 */
export function composeLog(errorLog: string | undefined, tail: LogTail, clean: Clean): string | undefined {
  const error = errorLog === undefined ? '' : leadWithFrames(clean(errorLog))
  if (tail.isEmpty()) return error === '' ? undefined : cutMiddle(error, MAX_LOG_OUTPUT_LENGTH)
  const head = error === '' ? '' : cutMiddle(error, ERROR_LENGTH) + LOG_HEADING
  return head + renderTail(tail, clean, MAX_LOG_OUTPUT_LENGTH - head.length)
}

/** The first and the last lines of a run, at most `limit` characters. */
export function renderTail(tail: LogTail, clean: Clean, limit: number): string {
  const { head, tail: end, leftOut } = tail.kept()
  const gap = leftOut === 0 ? '' : `… ${leftOut} lines left out …\n`
  const text =
    gap === ''
      ? clean([head, end].filter((part) => part !== '').join('\n'))
      : `${clean(head)}\n${gap}${clean(end)}`
  return keepEnds(text, Math.floor(limit * FIRST_LINES_SHARE), limit)
}

/**
 * An error's text with its top frames within the first 500 characters, which is what alerts show. [D CHAN]
 *
 * A message that is too long for that is cut, and follows as a whole behind the frames.
 */
export function leadWithFrames(errorText: string): string {
  const messageEnd = errorText.search(FRAME)
  if (messageEnd <= HEADLINE_LENGTH) return errorText
  const headline = `${cutText(errorText, HEADLINE_LENGTH).replaceAll('\n', ' ')} …`
  const frames = framesFrom(errorText.slice(messageEnd + 1), LOG_SNIPPET_LENGTH - headline.length - 1)
  return `${headline}\n${frames}\n\nIn full:\n${errorText}`
}

/** Whole frames from the beginning of a stack; the first one in any case. */
function framesFrom(stack: string, room: number): string {
  const [first = '', ...others] = stack.split('\n', 20)
  let frames = cutText(first, room)
  for (const frame of others) {
    if (!frame.startsWith('    at ') || frames.length + frame.length >= room) break
    frames += `\n${frame}`
  }
  return frames
}
