import type { ChannelDefinition } from '@crontify/protocol'
import { expect, it } from 'vitest'
import { planProblems } from './plan.ts'

const url = 'https://example.com/'
const channels: readonly ChannelDefinition[] = [
  { id: 'mail', kind: 'email', to: 'ops@example.com' },
  { id: 'team', kind: 'slack', url },
  { id: 'chat', kind: 'discord', url },
  { id: 'hook', kind: 'webhook', url },
  { id: 'pager', kind: 'pagerduty', routingKey: 'R1' },
]

it.each([
  ['free', ['team', 'chat', 'hook', 'pager']],
  ['standard', ['hook', 'pager']],
  ['pro', []],
  ['unlimited', []],
] as const)('says which channels the %s plan does not have', (plan, refused) => {
  const problems = planProblems(plan, { monitors: 5, channels })

  expect(problems.map((problem) => /"(\w+)"/.exec(problem)?.[1])).toEqual(refused)
})

it('refuses the sixth monitor on the free plan only', () => {
  expect(planProblems('free', { monitors: 5, channels: [] })).toEqual([])
  expect(planProblems('free', { monitors: 6, channels: [] })).toEqual([
    "the free plan has 5 monitors, and these are 6: choose 'standard' or more",
  ])
  expect(planProblems('standard', { monitors: 600, channels: [] })).toEqual([])
})
