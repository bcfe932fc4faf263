export const task = () => process.kill(process.pid, 'SIGKILL')
