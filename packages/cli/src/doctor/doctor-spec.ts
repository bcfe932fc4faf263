import { CLIENT_OPTIONS } from '../client/client-spec.ts'
import type { CommandSpec } from '../command-line/command-spec.ts'

/** `crontify doctor`: its options and its help. */
export const DOCTOR_SPEC: CommandSpec = {
  name: 'doctor',
  synopsis: '[options]',
  summary: 'finds out why pings do not arrive',
  about: `Checks Node, the settings, proxy, DNS, TCP, TLS, the clock and the spool directory, each with the fix. Exits with 1 if a ping could not get through. Without --monitor it sends nothing that contains the key, so it cannot tell whether the key is valid: Crontify documents no way to ask but a ping.`,
  options: [
    {
      name: 'monitor',
      value: 'MONITOR',
      summary: 'send a success ping to this monitor, which counts as a run',
    },
    { name: 'json', summary: 'print JSON' },
    ...CLIENT_OPTIONS.filter(({ name }) => name !== 'quiet'),
  ],
  examples: [
    ['crontify doctor', 'checks the way to Crontify'],
    ['crontify doctor --monitor doctor-test', 'also checks the key, with a monitor for that purpose'],
  ],
}
