/** One line of a crontab. */
export type CrontabLine =
  /** Blank lines, comments and anything else: they stay as they are. */
  | { readonly type: 'other'; readonly text: string }
  | { readonly type: 'variable'; readonly text: string; readonly name: string; readonly value: string }
  | {
      readonly type: 'job'
      readonly text: string
      /** Everything up to the command, with its spaces. */
      readonly before: string
      readonly schedule: string
      /** Who runs it, in a crontab with a user column. */
      readonly user: string | undefined
      readonly command: string
      /** From the first `%` that is not escaped: what the command gets on its standard input. */
      readonly input: string
      /** A carriage return at the end of the line, or nothing. */
      readonly lineEnd: string
    }

const VARIABLE = /^[ \t]*(?:"([^"]+)"|'([^']+)'|([A-Za-z_]\w*))[ \t]*=[ \t]*(.*?)[ \t\r]*$/
const NICKNAME = /^([ \t]*-?)(@[a-z]+)([ \t]+)/i
const FIVE_FIELDS = /^([ \t]*-?)((?:[\d*][^\s=]*|[A-Za-z]{3}[^\s=]*)(?:[ \t]+[^\s]+){4})([ \t]+)/
const USER = /^(\S+)[ \t]+/

/** Reads a line. @param hasUsers  Whether a user stands before each command, as in /etc/crontab. */
export function readCrontabLine(text: string, hasUsers: boolean): CrontabLine {
  if (/^\s*(?:#|$)/.test(text)) return { type: 'other', text }
  const variable = VARIABLE.exec(text)
  if (variable !== null) {
    const [, double, single, bare, value = ''] = variable
    const name = double ?? single ?? bare ?? ''
    return { type: 'variable', text, name, value: value.replace(/^(["'])(.*)\1$/, '$2') }
  }
  const time = NICKNAME.exec(text) ?? FIVE_FIELDS.exec(text)
  if (time === null) return { type: 'other', text }
  const [whole, , schedule = ''] = time
  const afterTime = text.slice(whole.length)
  const [userText = '', user] = hasUsers ? (USER.exec(afterTime) ?? []) : []
  const rest = afterTime.slice(userText.length)
  if (rest.trim() === '' || (hasUsers && user === undefined)) return { type: 'other', text }
  const lineEnd = rest.endsWith('\r') ? '\r' : ''
  const all = rest.slice(0, rest.length - lineEnd.length)
  const inputAt = all.search(/(?<!\\)%/)
  return {
    type: 'job',
    text,
    before: whole + userText,
    schedule: schedule.replaceAll(/\s+/g, ' '),
    user,
    command: inputAt === -1 ? all : all.slice(0, inputAt),
    input: inputAt === -1 ? '' : all.slice(inputAt),
    lineEnd,
  }
}
