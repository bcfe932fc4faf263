import type { FoundBy } from '../finding.ts'
import { missingUpTo, type Subject } from '../subject.ts'

/** Whom alerts reach, and whether somebody looks there. */
export function alertChannels(subject: Subject): readonly FoundBy[] {
  const { monitor, channels, tier } = subject
  const unknown = (monitor.channels ?? []).filter((id) => !channels.some((channel) => channel.id === id))
  const found: FoundBy[] = unknown.map((id) => ({
    level: 'missing',
    what: `its channel "${id}" is not defined`,
    why: 'its alerts go nowhere, and everybody believes that they arrive',
    fix: `define the channel "${id}", or take it out of the list`,
  }))
  if (channels.length === 0 && unknown.length === 0) {
    found.push({
      level: missingUpTo(3, subject),
      what: 'no channel gets its alerts',
      why: 'an alert that nobody receives is the same as none',
      fix: "name a channel that somebody watches: channels: ['ops']",
    })
  } else if (tier <= 2 && channels.every(({ kind }) => kind === 'email') && channels.length > 0) {
    found.push({
      level: missingUpTo(1, subject),
      what: 'its alerts go to mailboxes alone',
      why: 'mail is read when there is time; a job of this weight needs a channel that reaches somebody at once',
      fix:
        tier === 1
          ? 'add a channel that reaches whoever is on call'
          : 'add a chat channel that the team watches',
    })
  }
  if (tier >= 3 && channels.some(({ kind }) => kind === 'pagerduty')) {
    found.push({
      level: 'advice',
      what: 'it wakes whoever is on call',
      why: 'a job of this tier can wait for the morning, and people who are woken for nothing stop listening',
      fix: 'send its alerts to a quiet channel',
    })
  }
  return found
}
