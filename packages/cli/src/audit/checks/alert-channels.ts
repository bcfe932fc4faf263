import type { FoundBy } from '../finding.ts'
import { missingUpTo, type Subject } from '../subject.ts'

/** Whom alerts reach, and whether somebody looks there. */
export function alertChannels(subject: Subject): readonly FoundBy[] {
  const { monitor, channels, tier } = subject
  const unknown = (monitor.channels ?? []).filter((id) => !channels.some((channel) => channel.id === id))
  const found: FoundBy[] = unknown.map((id) => ({
    level: 'missing',
    what: `channel "${id}" is not defined`,
    why: 'its alerts are not delivered',
    fix: `define the channel "${id}", or remove it from the list`,
  }))
  if (channels.length === 0 && unknown.length === 0) {
    found.push({
      level: missingUpTo(3, subject),
      what: 'channels is empty',
      why: 'its alerts reach no one',
      fix: "name a channel that the team watches: channels: ['ops']",
    })
  } else if (tier <= 2 && channels.every(({ kind }) => kind === 'email') && channels.length > 0) {
    found.push({
      level: missingUpTo(1, subject),
      what: 'all of its channels are email',
      why: 'email is read late; a job of this tier needs a channel that reaches someone at once',
      fix:
        tier === 1
          ? 'add a channel that reaches the person on call'
          : 'add a chat channel that the team watches',
    })
  }
  if (tier >= 3 && channels.some(({ kind }) => kind === 'pagerduty')) {
    found.push({
      level: 'advice',
      what: 'its alerts page the person on call',
      why: 'a job of this tier can wait until morning, and needless pages get ignored',
      fix: 'send its alerts to a quiet channel',
    })
  }
  return found
}
