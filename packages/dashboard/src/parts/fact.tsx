import type { ComponentChildren, VNode } from 'preact'

/** A name with its value, in a list of facts; nothing if the value is `undefined`. */
export function Fact({
  name,
  children,
}: {
  readonly name: string
  readonly children: ComponentChildren
}): VNode | null {
  return children === undefined ? null : (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

export function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text)
}

/** A link if the text is a web address; otherwise the text, because a job's text must not become another kind of link. */
export function AddressOrText({ text }: { readonly text: string }): VNode {
  return isAddress(text) ? (
    <a href={text} rel="noreferrer">
      {text}
    </a>
  ) : (
    <>{text}</>
  )
}
