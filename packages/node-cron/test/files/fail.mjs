export const task = () => {
  throw new RangeError('disk is full')
}
