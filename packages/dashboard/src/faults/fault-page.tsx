import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Fault, FaultEffect, ListedFault } from '@crontify/mock-server/dashboard-data'
import { PageHeading } from '../parts/page-heading.tsx'
import type { Store } from '../data/store.ts'
import { useAsked } from '../data/use-asked.ts'

const KINDS: Readonly<Record<FaultEffect['type'], string>> = {
  latency: 'answers late',
  silence: 'never answers',
  reset: 'resets the connection',
  halfAnswer: 'breaks off in the middle of an answer',
  status: 'answers with an error status',
  html: 'answers with a page for people',
  brokenJson: 'answers with broken JSON',
  garbage: 'answers with bytes that are not HTTP',
  endlessBody: 'answers without end',
}

/** What goes wrong on purpose: to see that jobs do not mind. */
export function FaultPage({ store }: { readonly store: Store }): VNode {
  const { data } = useAsked<{ readonly faults: readonly ListedFault[] }>(store, '/faults', store.revision())
  const faults = data?.faults ?? []
  return (
    <section>
      <PageHeading store={store}>Faults</PageHeading>
      <p>
        Let this server misbehave, and look at what your jobs make of it: none should be slower, fail or end
        otherwise.
      </p>
      <FaultForm store={store} />
      {faults.length === 0 ? (
        <p class="empty">Nothing goes wrong on purpose.</p>
      ) : (
        <ul class="faults">
          {faults.map((fault) => (
            <li class="card" key={fault.id}>
              <span>
                {fault.monitorId ?? 'Every monitor'}: the server {KINDS[fault.type]}
                {fault.type === 'status' && ` ${fault.status}`}
                {fault.type === 'latency' && ` by ${fault.delay}`}
              </span>
              <span class="quiet">
                befell {fault.hits}
                {fault.times === undefined ? '' : ` of ${fault.times}`}
                {fault.isOver && ', over'}
              </span>
              <button
                type="button"
                onClick={() => void store.act(() => store.api.call('DELETE', `/faults/${fault.id}`))}
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function FaultForm({ store }: { readonly store: Store }): VNode {
  const [type, setType] = useState<FaultEffect['type']>('status')
  const [status, setStatus] = useState('503')
  const [delay, setDelay] = useState('2s')
  const [monitorId, setMonitorId] = useState('')
  const [times, setTimes] = useState('3')
  const add = (): void => {
    const effect =
      type === 'status' ? { type, status: Number(status) } : type === 'latency' ? { type, delay } : { type }
    const fault = {
      ...effect,
      ...(monitorId === '' ? {} : { monitorId }),
      ...(times.trim() === '' ? {} : { times: Number(times) }),
    } as Fault
    void store.act(() => store.api.call('POST', '/faults', fault))
  }
  return (
    <form
      class="card filters"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <label class="grow">
        The server
        <select value={type} onChange={(event) => setType(event.currentTarget.value as FaultEffect['type'])}>
          {Object.entries(KINDS).map(([kind, words]) => (
            <option key={kind} value={kind}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {type === 'status' && (
        <label>
          Status
          <input
            type="number"
            min="200"
            max="599"
            value={status}
            onInput={(event) => setStatus(event.currentTarget.value)}
          />
        </label>
      )}
      {type === 'latency' && (
        <label>
          By
          <input value={delay} onInput={(event) => setDelay(event.currentTarget.value)} />
        </label>
      )}
      <label>
        To
        <select value={monitorId} onChange={(event) => setMonitorId(event.currentTarget.value)}>
          <option value="">every monitor</option>
          {(store.overview.value?.monitors ?? []).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Times
        <input
          type="number"
          min="1"
          value={times}
          placeholder="until removed"
          onInput={(event) => setTimes(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="main">
        Add
      </button>
    </form>
  )
}
