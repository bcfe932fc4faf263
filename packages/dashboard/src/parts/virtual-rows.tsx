import type { ComponentChildren, VNode } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

interface VirtualRowsProps<Item> {
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string
  readonly rowHeight: number
  /** The most that is shown at once, in pixels; fewer rows take less. */
  readonly maxHeight: number
  readonly label: string
  readonly headings: readonly string[]
  readonly class: string
  /** The cells of a row. */
  readonly children: (item: Item) => ComponentChildren
}

/** Rows that are made before they come into sight. */
const MARGIN_ROWS = 8

/** A table of which only the rows in sight exist, so that a hundred thousand cost what fifty do. */
export function VirtualRows<Item>(props: VirtualRowsProps<Item>): VNode {
  const { items, keyOf, rowHeight, maxHeight, label, headings, children } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const height = Math.min(maxHeight, items.length * rowHeight)
  const first = Math.max(0, Math.floor(top / rowHeight) - MARGIN_ROWS)
  const past = Math.min(items.length, Math.ceil((top + height) / rowHeight) + MARGIN_ROWS)
  useLayoutEffect(() => {
    const place = scroller.current
    // A shorter list may end above where it was scrolled to.
    if (place !== null && place.scrollTop !== top) setTop(place.scrollTop)
  }, [items.length])
  return (
    <div role="table" aria-label={label} aria-rowcount={items.length + 1} class={`rows ${props.class}`}>
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} class="row headings">
          {headings.map((heading) => (
            <span role="columnheader" key={heading}>
              {heading}
            </span>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        class="scroller"
        ref={scroller}
        tabIndex={0}
        aria-label={`${label}, scrolls`}
        style={{ height: `${height}px` }}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      >
        <div class="whole" role="presentation" style={{ height: `${items.length * rowHeight}px` }}>
          {items.slice(first, past).map((item, index) => (
            <div
              role="row"
              class="row"
              key={keyOf(item)}
              aria-rowindex={first + index + 2}
              style={{ height: `${rowHeight}px`, top: `${(first + index) * rowHeight}px` }}
            >
              {children(item)}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}
