import { MAX_RULES_PER_MONITOR, type MonitorDefinition, RULE_OPERATORS, type Rule } from '@crontify/protocol'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type MockRun, ruleVerdict } from '@crontify/mock-server/dashboard-data'
import { countText, instantText } from '../parts/page-texts.ts'
import { monitorLink } from '../data/route.ts'
import type { Store } from '../data/store.ts'

interface RuleEditorProps {
  readonly store: Store
  readonly definition: MonitorDefinition
  readonly runs: readonly MockRun[]
}

interface Draft {
  readonly field: string
  readonly operator: Rule['operator']
  readonly threshold: string
}

const SHOWN_HITS = 5
const NEW: Draft = { field: '', operator: 'eq', threshold: '0' }

/** The rules of a monitor, and which past runs they would have alerted on: before they are saved. */
export function RuleEditor({ store, definition, runs }: RuleEditorProps): VNode {
  const saved = JSON.stringify(definition.rules ?? [])
  const [drafts, setDrafts] = useState<readonly Draft[]>([])
  useEffect(() => {
    setDrafts(
      (definition.rules ?? []).map(({ threshold, ...rest }) => ({ ...rest, threshold: String(threshold) })),
    )
  }, [saved])
  const rules = drafts.filter(({ field, threshold }) => field !== '' && threshold.trim() !== '').map(ruleOf)
  const successes = runs.filter(({ status }) => status === 'success')
  const fields = [...new Set(successes.flatMap(({ meta }) => Object.keys(meta ?? {})))].toSorted()
  const edit = (index: number, change: Partial<Draft>): void =>
    setDrafts(drafts.map((draft, at) => (at === index ? { ...draft, ...change } : draft)))
  const save = (): void =>
    void store.act(() =>
      store.api.call('PUT', `/monitors/${encodeURIComponent(definition.id)}`, { ...definition, rules }),
    )
  return (
    <section class="card">
      <h2>Rules</h2>
      <p class="quiet">
        A success alerts if one of these is true. A field that a run does not send fires nothing.
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <datalist id="rule-fields">
          {fields.map((field) => (
            <option key={field} value={field} />
          ))}
        </datalist>
        {drafts.map((draft, index) => (
          <div class="rule" key={index}>
            <input
              aria-label={`Field of rule ${index + 1}`}
              list="rule-fields"
              value={draft.field}
              placeholder="records_processed"
              onInput={(event) => edit(index, { field: event.currentTarget.value })}
            />
            <select
              aria-label={`Operator of rule ${index + 1}`}
              value={draft.operator}
              onChange={(event) => edit(index, { operator: event.currentTarget.value as Rule['operator'] })}
            >
              {RULE_OPERATORS.map((operator) => (
                <option key={operator} value={operator}>
                  {operator}
                </option>
              ))}
            </select>
            <input
              aria-label={`Threshold of rule ${index + 1}`}
              type="number"
              step="any"
              value={draft.threshold}
              onInput={(event) => edit(index, { threshold: event.currentTarget.value })}
            />
            <button
              type="button"
              aria-label={`Remove rule ${index + 1}`}
              onClick={() => setDrafts(drafts.filter((_, at) => at !== index))}
            >
              Remove
            </button>
            <Hits draft={draft} successes={successes} />
          </div>
        ))}
        <p class="buttons">
          <button
            type="button"
            disabled={drafts.length >= MAX_RULES_PER_MONITOR}
            onClick={() => setDrafts([...drafts, { ...NEW, field: fields[0] ?? '' }])}
          >
            Add a rule
          </button>
          <button type="submit" class="main" disabled={JSON.stringify(rules) === saved}>
            Save rules
          </button>
        </p>
      </form>
    </section>
  )
}

function Hits({
  draft,
  successes,
}: {
  readonly draft: Draft
  readonly successes: readonly MockRun[]
}): VNode {
  const hits =
    draft.field === '' ? [] : successes.filter(({ meta }) => ruleVerdict(ruleOf(draft), meta).fires)
  return (
    <p class="hits" role="status">
      Would have alerted on {hits.length} of {countText(successes.length, 'good run')}
      {hits.length > 0 && ': '}
      {hits
        .slice(-SHOWN_HITS)
        .toReversed()
        .map((run, index) => (
          <span key={run.runId}>
            {index > 0 && ', '}
            <a href={monitorLink(run.monitorId, run.runId)}>{instantText(run.endedAt ?? '')}</a>
          </span>
        ))}
      {hits.length > SHOWN_HITS && ' …'}
    </p>
  )
}

function ruleOf({ field, operator, threshold }: Draft): Rule {
  return { field, operator, threshold: Number(threshold) }
}
