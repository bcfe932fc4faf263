/** One line of a crontab. */
export type CrontabLine =
  /** Blank lines, comments, variables, and what is none of these: they stay as they are. */
  | { readonly type: 'other'; readonly text: string }
  | { readonly type: 'variable'; readonly text: string; readonly name: string; readonly value: string }
  | {
      readonly type: 'job'
      readonly text: string
      /** Everything up to the command, with its spaces. */
      readonly before: string
      readonly schedule: string
      readonly command: string
      /** From the first `%` that is not escaped: what the command gets on its standard input. */
      readonly input: string
    }

const VARIABLE = /^\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z_]\w*))\s*=\s*(.*?)\s*$/
const NICKNAME = /^(\s*-?)(@[a-z]+)(\s+)/i
const FIVE_FIELDS = /^(\s*-?)((?:[\d*][^\s=]*|[A-Za-z]{3}[^\s=]*)(?:\s+[^\s]+){4})(\s+)/
const USER = /^\S+\s+/

/** @param hasUsers  Whether a user stands before each command, as in /etc/crontab. */
export function readCrontabLine(text: string, hasUsers: boolean): CrontabLine {
  if (/^\s*(?:#|$)/.test(text)) return { type: 'other', text }
  const variable = VARIABLE.exec(text)
  if (variable !== null) {
    const [, double, single, bare, value = ''] = variable
    return {
      type: 'variable',
      text,
      name: double ?? single ?? bare ?? '',
      value: value.replace(/^(["'])(.*)\1$/, '$2'),
    }
  }
  const time = NICKNAME.exec(text) ?? FIVE_FIELDS.exec(text)
  if (time === null) return { type: 'other', text }
  const [whole, , schedule = ''] = time
  const afterTime = text.slice(whole.length)
  const user = hasUsers ? (USER.exec(afterTime)?.[0] ?? '') : ''
  const rest = afterTime.slice(user.length)
  if (rest.trim() === '') return { type: 'other', text }
  const inputAt = rest.search(/(?<!\\)%/)
  const command = inputAt === -1 ? rest : rest.slice(0, inputAt)
  return {
    type: 'job',
    text,
    before: whole + user,
    schedule: schedule.replaceAll(/\s+/g, ' '),
    command,
    input: inputAt === -1 ? '' : rest.slice(inputAt),
  }
}
