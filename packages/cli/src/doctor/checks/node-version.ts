import type { Diagnosis } from '../diagnosis.ts'

const OLDEST = [20, 18, 1] as const

/** @param version  Such as `20.18.1`. */
export function judgeNodeVersion(version: string): Diagnosis {
  const parts = version.split('.').map(Number)
  const difference = OLDEST.map((part, index) => (parts[index] ?? 0) - part).find((one) => one !== 0) ?? 0
  if (difference >= 0) return { about: 'Node', level: 'ok', says: version }
  return {
    about: 'Node',
    level: 'problem',
    says: `${version} is too old`,
    fix: `install Node ${OLDEST.join('.')} or later`,
  }
}
