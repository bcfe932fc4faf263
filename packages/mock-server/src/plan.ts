import type { ChannelDefinition, ChannelKind } from '@crontify/protocol'

/** What an account has paid for. Standard and Pro are documented [D CHAN]; that the lowest is called free is [I]. */
export type Plan = 'free' | 'standard' | 'pro' | 'unlimited'

/** From the least to the most. */
export const PLANS: readonly Plan[] = ['free', 'standard', 'pro', 'unlimited']

/** How many monitors the free plan has. Not documented. [?] */
const MONITORS_OF_FREE = 5

const NEEDED: Readonly<Record<ChannelKind, Plan>> = {
  email: 'free',
  slack: 'standard', // [D CHAN]
  discord: 'standard', // [D CHAN]
  webhook: 'pro', // [D CHAN]
  pagerduty: 'pro', // [I] nothing documents that the service has it
}

/** What a plan does not allow of this, one sentence each. */
export function planProblems(
  plan: Plan,
  { monitors, channels }: { readonly monitors: number; readonly channels: readonly ChannelDefinition[] },
): readonly string[] {
  const tooMany =
    plan === 'free' && monitors > MONITORS_OF_FREE
      ? [
          `the free plan has ${MONITORS_OF_FREE} monitors, and these are ${monitors}: choose 'standard' or more`,
        ]
      : []
  const refused = channels
    .filter(({ kind }) => PLANS.indexOf(NEEDED[kind]) > PLANS.indexOf(plan))
    .map(
      ({ id, kind }) =>
        `channel ${JSON.stringify(id)} is of kind ${kind}, which needs the ${NEEDED[kind]} plan or more; this is ${plan}`,
    )
  return [...tooMany, ...refused]
}
