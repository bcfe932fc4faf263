import type { CommandSpec } from './command-spec.ts'

/** `crontify completion`: its options and its help. */
export const COMPLETION_SPEC: CommandSpec = {
  name: 'completion',
  synopsis: 'bash|zsh|fish',
  summary: 'prints a completion script for a shell',
  about: 'Load it when the shell starts.',
  options: [],
  examples: [
    ["echo 'source <(crontify completion bash)' >> ~/.bashrc", 'bash'],
    ["echo 'source <(crontify completion zsh)' >> ~/.zshrc", 'zsh'],
    ['crontify completion fish > ~/.config/fish/completions/crontify.fish', 'fish'],
  ],
}
