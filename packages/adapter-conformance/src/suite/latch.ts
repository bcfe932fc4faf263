/** Something that a row does by hand later on. */
export interface Latch {
  readonly opened: Promise<void>
  readonly open: () => void
}

export function latch(): Latch {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}
