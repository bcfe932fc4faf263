import type { VNode } from 'preact'

interface ChoiceProps {
  readonly label: string
  /** The chosen option; empty for all. */
  readonly value: string
  readonly options: readonly string[]
  readonly onChange: (value: string) => void
}

/** Narrows a list to one option, or to none. */
export function Choice({ label, value, options, onChange }: ChoiceProps): VNode {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">all</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </label>
  )
}
