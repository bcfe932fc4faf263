import { MAX_RULES_PER_MONITOR } from './limits.ts'
import { isRuleField } from './meta.ts'
import { isMonitorId } from './monitor-id.ts'
import { RULE_OPERATORS } from './rules.ts'

type Check = (value: unknown) => string | undefined

const CHECKS: Readonly<Record<string, Check>> = {
  id: (value) => (isMonitorId(value) ? undefined : 'is not 1 to 128 letters, digits, "_" or "-"'),
  name: text,
  schedule: text,
  everySeconds: (value) => atLeast(value, 0, 'above'),
  timezone: (value) => (isTimezone(value) ? undefined : 'is not an IANA time zone such as "Europe/Berlin"'),
  graceSeconds: (value) => atLeast(value, 0, 'from'),
  maxDurationSeconds: (value) => atLeast(value, 0, 'above'),
  rules: (value) => (Array.isArray(value) ? undefined : 'is not a list of rules'),
  recovery: (value) => (typeof value === 'boolean' ? undefined : 'is not true or false'),
  channels: texts,
  tags: texts,
  tier: (value) => ([1, 2, 3, 4].includes(value as number) ? undefined : 'is not 1, 2, 3 or 4'),
  runbook: text,
}

/**
 * What is wrong with a monitor definition, one sentence each; an empty list means that it can be used.
 *
 * The cron expression itself is not read here: whoever computes instants from it also judges it.
 */
export function definitionProblems(definition: unknown): readonly string[] {
  if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) {
    return ['A monitor definition is an object with an "id"']
  }
  const fields = definition as Readonly<Record<string, unknown>>
  const problems = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => fieldProblem(name, value))
  return [
    ...(fields['id'] === undefined ? ['"id" is missing'] : []),
    ...(fields['schedule'] !== undefined && fields['everySeconds'] !== undefined
      ? ['"schedule" and "everySeconds" exclude each other']
      : []),
    ...problems.filter((problem) => problem !== undefined),
    ...ruleProblems(fields['rules']),
  ]
}

function fieldProblem(name: string, value: unknown): string | undefined {
  const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined
  if (check === undefined)
    return `"${name}" is not a field of a monitor; it has ${Object.keys(CHECKS).join(', ')}`
  const problem = check(value)
  return problem === undefined ? undefined : `"${name}" ${problem}`
}

function ruleProblems(rules: unknown): readonly string[] {
  if (!Array.isArray(rules)) return []
  const tooMany =
    rules.length > MAX_RULES_PER_MONITOR
      ? [`"rules" has ${rules.length} entries; the service takes ${MAX_RULES_PER_MONITOR}`]
      : []
  return [...tooMany, ...rules.flatMap((rule: unknown, index) => oneRuleProblems(rule, index))]
}

function oneRuleProblems(rule: unknown, index: number): readonly string[] {
  const where = `"rules[${index}]"`
  if (typeof rule !== 'object' || rule === null) return [`${where} is not { field, operator, threshold }`]
  const { field, operator, threshold } = rule as Readonly<Record<string, unknown>>
  return [
    ...(isRuleField(field) ? [] : [`${where} has a field that is not 1 to 50 letters, digits or "_"`]),
    ...(RULE_OPERATORS.some((known) => known === operator)
      ? []
      : [`${where} has an operator other than ${RULE_OPERATORS.join(', ')}`]),
    ...(Number.isFinite(threshold) ? [] : [`${where} has a threshold that is not a finite number`]),
  ]
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? undefined : 'is not a text'
}

function texts(value: unknown): string | undefined {
  return Array.isArray(value) && value.every((entry) => text(entry) === undefined)
    ? undefined
    : 'is not a list of texts'
}

function atLeast(value: unknown, bound: number, kind: 'from' | 'above'): string | undefined {
  const holds =
    Number.isFinite(value) && (kind === 'from' ? (value as number) >= bound : (value as number) > bound)
  return holds ? undefined : `is not a number of seconds ${kind} ${bound}`
}

function isTimezone(value: unknown): boolean {
  if (typeof value !== 'string') return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}
