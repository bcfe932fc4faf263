import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Store } from '../data/store.ts'

/** The heading of a view. Whoever followed a link with the keyboard, or hears the page, is at it when the view is there. */
export function PageHeading({
  store,
  children,
}: {
  readonly store: Store
  readonly children: ComponentChildren
}): VNode {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!store.headingAwaited.value) return
    store.headingAwaited.value = false
    heading.current?.focus({ preventScroll: true })
  })
  return (
    <h1 tabIndex={-1} ref={heading}>
      {children}
    </h1>
  )
}
