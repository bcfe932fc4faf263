import type { FoundBy } from '../finding.ts'
import type { Subject } from '../subject.ts'

/** A channel counts when an alert has come through it once. */
export function testedChannels({ channels, testedChannels: tested, tier }: Subject): readonly FoundBy[] {
  const untested = channels.filter(({ id }) => !tested.has(id)).map(({ id }) => id)
  if (untested.length === 0 || tier === 4) return []
  return [
    {
      level: 'advice',
      what: `nobody has said that ${untested.join(', ')} ${untested.length === 1 ? 'was' : 'were'} tested`,
      why: 'addresses are mistyped and tokens run out; the first real alert is a bad moment to learn it',
      fix: `send a test alert, then say --tested ${untested[0] ?? 'CHANNEL'}`,
    },
  ]
}
