import type { FoundBy } from '../finding.ts'
import type { Subject } from '../subject.ts'

/** A channel counts when an alert has come through it once. */
export function testedChannels({ channels, testedChannels: tested, tier }: Subject): readonly FoundBy[] {
  const untested = channels.filter(({ id }) => !tested.has(id)).map(({ id }) => id)
  if (untested.length === 0 || tier === 4) return []
  return [
    {
      level: 'advice',
      what: `no confirmed test alert for ${untested.length === 1 ? 'channel' : 'channels'} ${untested.join(', ')}`,
      why: 'a wrong address or an expired token shows only when an alert is sent',
      fix: `send a test alert, then pass --tested ${untested[0] ?? 'CHANNEL'}`,
    },
  ]
}
