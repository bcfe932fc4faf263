import type { Paint } from '../terminal/colors.ts'
import type { Finding } from './finding.ts'

/** The findings for people, monitor by monitor, and what follows. */
export function auditText(findings: readonly Finding[], monitors: number, paint: Paint): string {
  const ids = [...new Set(findings.map(({ monitorId }) => monitorId))]
  const sections = ids.map((id) => {
    const own = findings.filter(({ monitorId }) => monitorId === id)
    return `${paint('bold', id ?? 'all monitors')}\n${own.map((finding) => findingText(finding, paint)).join('')}\n`
  })
  const missing = findings.filter(({ level }) => level === 'missing').length
  const verdict = missing === 0 ? paint('green', 'Nothing is missing.') : paint('red', `${missing} missing.`)
  return `${sections.join('')}${verdict} ${count(findings.length - missing, 'piece of advice', 'pieces of advice')}, ${count(monitors, 'monitor', 'monitors')}.\n`
}

function findingText({ level, what, why, fix }: Finding, paint: Paint): string {
  const label = level === 'missing' ? paint('red', 'missing') : paint('yellow', 'advice ')
  return `  ${label}  ${what}\n           ${paint('grey', why)}\n           fix: ${fix}\n`
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
