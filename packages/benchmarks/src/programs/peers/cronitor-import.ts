import createCronitor from 'cronitor'

createCronitor('benchmark')
