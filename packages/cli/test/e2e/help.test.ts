import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { runCrontify, start } from './crontify-process.ts'

const COMMANDS = [
  'exec',
  'ping',
  'dev',
  'status',
  'why',
  'audit',
  'discover',
  'doctor',
  'crontab',
  'completion',
]

it('lists its commands, and says its version', async () => {
  const { code, stdout } = await runCrontify(['--help'], {})

  expect(code).toBe(0)
  for (const name of COMMANDS) expect(String(stdout)).toContain(`\n  ${name} `)
  expect(String((await runCrontify(['--version'], {})).stdout)).toMatch(/^\d+\.\d+\.\d+\n$/)
})

it('says how it is called where it is called with nothing', async () => {
  expect(await runCrontify([], {})).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Usage: ') as string,
  })
})

it.each(COMMANDS)('teaches %s with examples, in lines that fit a terminal', async (name) => {
  const { code, stdout } = await runCrontify([name, '--help'], {})

  expect(code).toBe(0)
  expect(String(stdout)).toContain(`Usage: crontify ${name} `)
  expect(String(stdout)).toContain('\nExamples:\n')
  expect(
    Math.max(
      ...String(stdout)
        .split('\n')
        .map(({ length }) => length),
    ),
  ).toBeLessThanOrEqual(100)
  expect(String((await runCrontify(['help', name], {})).stdout)).toBe(String(stdout))
})

it('completes commands, options and, behind --, other programs in bash', async () => {
  const complete = async (...words: string[]) => {
    const script = String((await runCrontify(['completion', 'bash'], {})).stdout)
    const line = `${script}\nCOMP_WORDS=(crontify ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _crontify; echo "\${COMPREPLY[@]}"`
    return String((await start('bash', ['-c', line]).ended).stdout)
      .trim()
      .split(' ')
  }

  expect(await complete('e')).toEqual(['exec'])
  expect(await complete('exec', '--max')).toEqual(['--max-duration'])
  expect(await complete('exec', 'm', '--', 'tru')).toContain('true')
})

it('prints scripts that zsh and fish would take', async () => {
  for (const shell of ['zsh', 'fish']) {
    const { code, stdout } = await runCrontify(['completion', shell], {})
    expect(code).toBe(0)
    for (const name of COMMANDS) expect(String(stdout)).toContain(name)
  }
  const zsh = String((await runCrontify(['completion', 'zsh'], {})).stdout)
  expect(() => execFileSync('bash', ['-n'], { input: zsh })).not.toThrow()
  expect((await runCrontify(['completion', 'tcsh'], {})).code).toBe(2)
})

it('shows the usage of a command with its usage errors', async () => {
  const ended = await runCrontify(['exec', 'm', '--no-such', '--', 'true'], {})

  expect(ended.code).toBe(2)
  expect(ended.stderr).toContain('\nUsage: crontify exec MONITOR [options] -- COMMAND [ARGUMENT …]\n')
})

it('has a manual page without warnings', async () => {
  const page = String((await runCrontify(['help', '--man'], {})).stdout)

  for (const name of COMMANDS) expect(page).toContain(`.SS crontify ${name} `)
  expect(page).toContain('\\-\\-max\\-duration')
})
