import type { chooseProxy } from '@crontify/sdk/adapter'
import type { Diagnosis } from '../diagnosis.ts'

/** Judges the proxy that the client itself has chosen. */
export function judgeProxy(choice: ReturnType<typeof chooseProxy>): readonly Diagnosis[] {
  const notes = choice.notes.map((note): Diagnosis => ({
    about: 'proxy',
    level: 'warning',
    says: note,
    fix: 'correct the variable it names',
  }))
  return [chosen(choice), ...notes]
}

function chosen(choice: ReturnType<typeof chooseProxy>): Diagnosis {
  switch (choice.type) {
    case 'direct':
      return { about: 'proxy', level: 'ok', says: 'none' }
    case 'proxy':
      return { about: 'proxy', level: 'ok', says: `${choice.proxy.host}, from ${choice.from}` }
    case 'wrong':
      return {
        about: 'proxy',
        level: 'problem',
        says: `${choice.from}: ${choice.problem}`,
        fix: 'set it to a URL such as http://proxy.internal:3128, or unset it',
      }
  }
}
