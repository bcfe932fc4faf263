/** Shows the number of monitors that need attention in the tab's title, and the worst severity in its icon. */
export function showInTab(
  words: string,
  { failing, warnings }: { readonly failing: number; readonly warnings: number },
): void {
  const count = failing + warnings
  document.title = `${count === 0 ? '' : `(${count}) `}${words} · Crontify, local`
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (icon !== null) icon.href = iconOf(failing > 0 ? '#b9261f' : warnings > 0 ? '#c98a00' : '#17744a')
}

function iconOf(color: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="${color}"/></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
