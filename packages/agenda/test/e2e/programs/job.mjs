// The file that defines the forked job: loaded in the parent, and again in each child.
export function define(agenda, jobName, how) {
  agenda.define(jobName, async () => {
    if (how === 'throw') throw new Error('the table is gone')
    if (how === 'exit') process.exit(3)
    if (how === 'kill') process.kill(process.pid, 'SIGKILL')
  })
}
