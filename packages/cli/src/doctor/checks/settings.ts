import type { Diagnosis } from '../diagnosis.ts'

/** What the client itself says of its key and its base URL. */
export function judgeSettings(
  disabledReason: string | undefined,
  notes: readonly string[],
): readonly Diagnosis[] {
  const noted = notes
    .filter((note) => disabledReason === undefined || !note.includes(disabledReason))
    .map((note): Diagnosis => ({
      about: 'settings',
      level: 'warning',
      says: note,
      fix: 'correct the setting it names',
    }))
  if (disabledReason === undefined) {
    return [
      { about: 'settings', level: 'ok', says: 'the API key and the base URL are well formed' },
      ...noted,
    ]
  }
  return [
    {
      about: 'settings',
      level: 'problem',
      says: disabledReason,
      fix: 'set CRONTIFY_API_KEY (ck_live_…, shown once when it is created), or pass --api-key-file FILE',
    },
    ...noted,
  ]
}
