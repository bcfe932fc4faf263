#!/usr/bin/env node
import { readFile } from 'node:fs/promises'
import { runCommand } from './command/run-command.ts'

process.exitCode = await runCommand({
  words: process.argv.slice(2),
  readFile: (path) => readFile(path, 'utf8'),
  print: (text) => process.stdout.write(text),
  printError: (text) => process.stderr.write(text),
  stopped: new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  }),
})
