import { expect, it } from 'vitest'
import { redact } from '../../src/redaction/redact.ts'
import { WINDOW_LENGTH } from '../../src/redaction/redact-ends.ts'

/** Pieces that begin a pattern again and again and never end it, which is where slow patterns lose their time. */
const HOSTILE: Readonly<Record<string, string>> = {
  letters: 'a',
  spaces: ' ',
  'line ends': '\n',
  quotes: '"',
  backslashes: '\\',
  dashes: '-',
  'at signs': '@',
  'hexadecimal digits': '0123456789abcdef',
  'token beginnings': 'eyJaaaaaaaaaa.',
  'token beginnings without an edge': 'eyJ',
  'token beginnings in a row': 'eyJaaaaaaaaaa ',
  'keys that begin': '-----BEGIN RSA PRIVATE KEY-----\n',
  'keys that nearly begin': '-----BEGIN RSA ',
  'URLs that nearly hold a password': 'ab://u:',
  'URLs that hold one': 'ab://u:p@',
  'scheme letters': 'abcdefghijklmnop+',
  'authorization without an end': 'authorization:"',
  'authorization in a row': 'authorization: bearer ',
  'cookie lists without an end': 'cookie:[',
  'cookie names': 'cookie: a',
  names: 'token',
  'names in a row': '_auth',
  'names with an open quote': 'token="',
  'names with backslashes': 'secret\\\\\\"  =>  ',
  'names in prose': 'token: a',
  'values with escaped quotes': "token='a\\'",
  'command line options': '--key ',
  'package tokens': 'ghp_',
  'model keys': 'sk-aaaaaaaaaaaaa',
  'infrastructure tokens': 'aaaaaaaaaaaaaa.atlasv1.',
  'cloud secrets': 'a~.1Q~',
  'user options': '-u a:',
  'database programs': 'mysql -',
  'database programs in a row': 'mysql ',
  'names with a slash': 'a/b@',
  'connections with a slash': 'connect a/',
  responses: 'response="0',
}
/** Ten texts of a tenth take about as long as the whole; with a quadratic pattern the whole takes ten times as long. */
const SLOWER_AT_MOST = 6
const ROUNDS = 7

function filled(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
}

/** The shortest of several measurements: what the machine does besides only ever adds to them. */
function shortestMs(work: () => void): number {
  const measured = Array.from({ length: ROUNDS }, () => {
    const startedAt = performance.now()
    work()
    return performance.now() - startedAt
  })
  return Math.min(...measured)
}

it.each(Object.entries(HOSTILE))('takes time in proportion to a text full of %s', (_name, piece) => {
  const whole = filled(piece, WINDOW_LENGTH)
  const tenth = filled(piece, WINDOW_LENGTH / 10)
  redact(whole)

  const tenthsMs = shortestMs(() => {
    for (let part = 0; part < 10; part++) redact(tenth)
  })
  const wholeMs = shortestMs(() => redact(whole))

  expect(wholeMs / tenthsMs).toBeLessThan(SLOWER_AT_MOST)
})
