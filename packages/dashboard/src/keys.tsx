import type { RefObject, VNode } from 'preact'

/** What each key does, as the help lists them. */
const KEYS = [
  ['/', 'Search'],
  ['j', 'Next monitor, incident or run'],
  ['k', 'Previous monitor, incident or run'],
  ['Enter', 'Open it'],
  ['Escape', 'Close a run or this help'],
  ['?', 'Show these keys'],
] as const

const LISTED = 'main .incidents > li > header a, main .rows [role="cell"] a'

/** Handles a key of the page, except while something is typed, a key is held with it, or a dialog is open. */
export function onPageKey(event: KeyboardEvent, help: HTMLDialogElement | null): void {
  const isTyping = event.target instanceof Element && event.target.matches('input, textarea, select')
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || help?.open === true) return
  switch (event.key) {
    case '/': {
      const search = document.querySelector<HTMLInputElement>('main input[type="search"]')
      if (search === null) return
      search.focus()
      break
    }
    case 'j':
      focusListed(1)
      break
    case 'k':
      focusListed(-1)
      break
    case '?':
      help?.showModal()
      break
    default:
      return
  }
  event.preventDefault()
}

/** Moves the focus to the next link of the lists on this page; from elsewhere to the first or the last. */
function focusListed(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>(LISTED)]
  const at = links.findIndex((link) => link === document.activeElement)
  const next = at < 0 ? (by === 1 ? 0 : links.length - 1) : at + by
  links[next]?.focus()
}

/** The list of keys. */
export function KeyHelp({ dialog }: { readonly dialog: RefObject<HTMLDialogElement | null> }): VNode {
  return (
    <dialog ref={dialog} class="card" aria-labelledby="key-help">
      <h2 id="key-help">Keys</h2>
      <dl class="keys">
        {KEYS.map(([key, words]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  )
}
