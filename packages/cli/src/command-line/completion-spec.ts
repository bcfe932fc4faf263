import type { CommandSpec } from './command-spec.ts'

/** `crontify completion`, to its reader and to its help. */
export const COMPLETION_SPEC: CommandSpec = {
  name: 'completion',
  synopsis: 'bash|zsh|fish',
  summary: 'prints a script that lets a shell complete commands and options',
  about: 'Load it where the shell starts.',
  options: [],
  examples: [
    ["echo 'source <(crontify completion bash)' >> ~/.bashrc", 'bash'],
    ["echo 'source <(crontify completion zsh)' >> ~/.zshrc", 'zsh'],
    ['crontify completion fish > ~/.config/fish/completions/crontify.fish', 'fish'],
  ],
}
