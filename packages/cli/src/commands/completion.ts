import { Argument, type Command } from 'commander'
import { addExamples } from './options.ts'

const SHELLS = ['bash', 'zsh', 'fish'] as const

/** The verb `completion`: prints what makes a shell complete commands, options and their values. */
export function addCompletion(program: Command): void {
  const completion = program
    .command('completion')
    .description('Print a script that makes a shell complete commands, options and their values.')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .action(async (shell: (typeof SHELLS)[number]) => {
      if (shell === 'bash') process.stdout.write((await import('../completion/bash-script.ts')).BASH_SCRIPT)
      else (await import('@bomb.sh/tab')).script(shell, 'clipflight', 'clipflight')
    })
  addExamples(
    completion,
    ['completion bash >> ~/.bash_completion', 'for bash, from the next one on'],
    ['completion zsh > "${fpath[1]}/_clipflight"', 'for zsh, from the next one on'],
    ['completion fish > ~/.config/fish/completions/clipflight.fish', 'for fish, at once'],
  )
}
