import { expect, it } from 'vitest'
import type { MockEvent } from './mock-records.ts'
import { createSubscribers } from './subscribers.ts'

const event = (type: string): MockEvent => ({ type }) as unknown as MockEvent

it('tells what a listener causes after what it was told of, to everybody', () => {
  const subscribers = createSubscribers()
  const heard: string[] = []
  subscribers.add(({ type }) => {
    if (type === 'alert') subscribers.tell(event('notification'))
  })
  subscribers.add(({ type }) => heard.push(type))

  subscribers.tell(event('alert'))

  expect(heard).toEqual(['alert', 'notification'])
})
