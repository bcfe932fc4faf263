// A processor in a file: BullMQ runs it in a process of its own.
module.exports = async (job) => {
  if (job.data.how === 'throw') throw new TypeError('the table is gone')
  if (job.data.how === 'exit') process.exit(0)
  if (job.data.how === 'kill') process.kill(process.pid, 'SIGKILL')
  return { rows: 7 }
}
