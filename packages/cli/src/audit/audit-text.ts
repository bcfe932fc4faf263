import type { Paint } from '../terminal/colors.ts'
import type { Finding } from './finding.ts'

const HEADINGS = { missing: 'Missing', advice: 'Advice' } as const

/** The findings for people: what is missing first, then the advice, each by monitor. */
export function auditText(findings: readonly Finding[], monitors: number, paint: Paint): string {
  const sections = (['missing', 'advice'] as const).map((level) => {
    const own = findings.filter((finding) => finding.level === level)
    if (own.length === 0) return ''
    const heading = paint('bold', `${HEADINGS[level]} (${own.length})`)
    return `${heading}\n${own.map((finding) => findingText(finding, paint)).join('')}\n`
  })
  const missing = findings.filter(({ level }) => level === 'missing').length
  const verdict = missing === 0 ? paint('green', 'Nothing is missing.') : paint('red', `${missing} missing.`)
  const advice = `${findings.length - missing} pieces of advice`.replace(/^1 pieces/, '1 piece')
  return `${sections.join('')}${verdict} ${advice}, ${monitors} ${monitors === 1 ? 'monitor' : 'monitors'}.\n`
}

function findingText({ level, monitorId, what, why, fix }: Finding, paint: Paint): string {
  const name = paint(level === 'missing' ? 'red' : 'yellow', monitorId ?? 'all monitors')
  return `  ${name}: ${what}\n    ${paint('grey', why)}\n    fix: ${fix}\n`
}
