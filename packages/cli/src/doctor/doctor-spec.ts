import { CLIENT_OPTIONS } from '../client/client-spec.ts'
import type { CommandSpec } from '../command-line/command-spec.ts'

/** `crontify doctor`, to its reader and to its help. */
export const DOCTOR_SPEC: CommandSpec = {
  name: 'doctor',
  synopsis: '[options]',
  summary: 'finds out why pings do not arrive',
  about: `Looks at Node, the settings, proxy, DNS, TCP, TLS, the clock and the spool directory, and says what to do. Ends
with 1 if a ping could not get through. Without --monitor nothing is sent that has the key in it, and whether the
key is good cannot be known: Crontify documents no other way to ask than a ping.`,
  options: [
    {
      name: 'monitor',
      value: 'MONITOR',
      summary: 'really sends a success ping to this monitor; that counts as a run which went well',
    },
    ...CLIENT_OPTIONS.filter(({ name }) => name !== 'quiet'),
  ],
  examples: [
    ['crontify doctor', 'the way to Crontify, without touching anything'],
    ['crontify doctor --monitor doctor-test', 'the same and the key, with a monitor that is there for that'],
  ],
}
