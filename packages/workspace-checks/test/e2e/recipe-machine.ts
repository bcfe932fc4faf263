import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { packedProject, type PackedProject } from './packed-project.ts'
import type { Ended } from './run-program.ts'

/** A machine with the packed command line, and a report that fails on demand. */
export interface RecipeMachine {
  readonly project: PackedProject
  /** Folder of programs, as `/usr/local/bin` has them. */
  readonly programs: string
  /** File with the API key. */
  readonly keyFile: string
  /** Where the report of `/srv/report` is. */
  readonly report: string
  /**
   * Runs a command with no variables but these, those of the machine, and the report's order.
   *
   * @param options.exitCode  Code with which the report exits.
   */
  run(command: readonly string[], options: RunOptions): Promise<Ended>
  /** Pings that arrived since the last call: monitor, kind, and the message of a failure. */
  pings(): readonly string[]
}

export interface RunOptions {
  readonly exitCode?: number
  readonly env?: Readonly<Record<string, string>>
}

/** The key comes from the recipe alone. The others are what `npx`, in which the tests run, tells an `npx` of the recipe to do. */
const UNSET = ['CRONTIFY_API_KEY', 'npm_config_package', 'npm_config_call'].map((name) => `--unset=${name}`)

export async function recipeMachine(): Promise<RecipeMachine> {
  const project = await packedProject(['sdk', 'cli'])
  for (const id of ['nightly-report', 'weekly-release']) await project.server.define({ id })
  const programs = join(project.folder, 'node_modules/.bin')
  mkdirSync(programs)
  const crontify = join(project.folder, 'node_modules/@crontify/cli/bin/crontify.cjs')
  symlinkSync(crontify, join(programs, 'crontify'))
  symlinkSync(process.execPath, join(programs, 'node'))
  const keyFile = project.write('crontify.key', project.server.apiKey)
  chmodSync(keyFile, 0o600)
  const script =
    'console.log("writing"); console.error("disk is full"); process.exitCode = Number(process.env.REPORT_EXIT_CODE)'
  project.write('report.js', script)
  const report = project.write('report.sh', '#!/bin/sh\nexec node "${0%.sh}.js"\n')
  chmodSync(report, 0o755)
  let seen = 0
  return {
    project,
    programs,
    keyFile,
    report,
    run: ([program = '', ...args], { exitCode = 0, env = {} }) =>
      project.run('env', [...UNSET, ...pairs(env, programs), program, ...args], {
        REPORT_EXIT_CODE: String(exitCode),
      }),
    pings: () => {
      const all = project.server.pings()
      const fresh = all.slice(seen).map(({ monitorId, kind }) => `${monitorId} ${kind}`)
      seen = all.length
      return fresh
    },
  }
}

function pairs(env: Readonly<Record<string, string>>, programs: string): readonly string[] {
  const path = `${programs}:${process.env['PATH'] ?? ''}`
  return Object.entries({ PATH: path, ...env }).map(([name, value]) => `${name}=${value}`)
}
