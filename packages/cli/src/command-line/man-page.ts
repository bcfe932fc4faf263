import type { CommandSpec } from './command-spec.ts'

/** The manual page of the program, for `man crontify`: made of the same table as the help. */
export function manPage(commands: readonly CommandSpec[], version: string): string {
  return [
    `.TH CRONTIFY 1 "" "crontify ${version}"`,
    '.SH NAME',
    'crontify \\- monitors scheduled jobs, and finds those without a monitor',
    '.SH SYNOPSIS',
    '.B crontify',
    '.I COMMAND',
    '[options]',
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    '.SH EXIT STATUS',
    'The exit status of a job is its own. Otherwise:',
    ...[
      ['0', 'done'],
      ['1', 'failed'],
      ['2', 'usage error'],
      ['75', 'with \\-\\-no\\-overlap: the job is still running'],
      ['124', 'the job exceeded its time limit'],
      ['126', 'the command is not executable'],
      ['127', 'the command was not found'],
    ].flatMap(([code = '', meaning = '']) => ['.TP', code, meaning]),
    '.SH ENVIRONMENT',
    ...[
      ['CRONTIFY_API_KEY', 'the API key'],
      ['CRONTIFY_API_KEY_FILE', 'a file with the API key'],
      ['CRONTIFY_BASE_URL', 'another Crontify, such as a local one'],
      ['CRONTIFY_SPOOL_DIRECTORY', 'where pings are kept that could not be sent'],
      ['CRONTIFY_DISABLED', 'if 1, true, yes or on: runs jobs and sends nothing'],
      ['CRONTIFY_NODE', 'the node that runs crontify, if it is not found'],
      ['NO_COLOR, FORCE_COLOR', 'no colors; colors also outside a terminal'],
    ].flatMap(([name = '', meaning = '']) => ['.TP', `.B ${name}`, roff(meaning)]),
    '',
  ].join('\n')
}

function commandLines({ name, synopsis, about, options, examples }: CommandSpec): readonly string[] {
  return [
    `.SS crontify ${roff(`${name} ${synopsis}`)}`,
    ...about.split('\n\n').flatMap((paragraph) => [roff(paragraph), '.PP']),
    ...options.flatMap((option) => [
      '.TP',
      `.B \\-\\-${roff(option.name)}${option.value === undefined ? '' : ` ${roff(option.value)}`}`,
      roff(option.summary),
    ]),
    ...examples.flatMap(([line, effect]) => [
      '.PP',
      roff(`${effect}:`),
      '.PP',
      '.RS 4',
      '.nf',
      roff(line),
      '.fi',
      '.RE',
    ]),
  ]
}

/** Text in which nothing is a command of roff. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .split('\n')
    .map((line) => (/^[.']/.test(line) ? `\\&${line}` : line))
    .join('\n')
}
