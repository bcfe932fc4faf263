/** The known name that was probably meant: equal but for case and `_`, or the beginning of the other. */
export function suggestName<Name extends string>(name: string, known: readonly Name[]): Name | undefined {
  const wanted = bare(name)
  return known.find((candidate) => {
    const offered = bare(candidate)
    return offered === wanted || isBeginning(offered, wanted) || isBeginning(wanted, offered)
  })
}

/** Shortest beginning that says anything. */
const MIN_BEGINNING_LENGTH = 4

function isBeginning(beginning: string, text: string): boolean {
  return beginning.length >= MIN_BEGINNING_LENGTH && text.startsWith(beginning)
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '')
}
